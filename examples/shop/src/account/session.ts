import { createHash, randomBytes } from "node:crypto";
import type { Context } from "@tenon/core";
import type { Database } from "../data/open-database.ts";
import { createSession, deleteSession, findSession, type User } from "../data/users.ts";

/** The cookie of a session. Its prefix ties it to this host, to HTTPS and to the whole site (RFC 6265bis, 4.1.3.2). */
export const SESSION_COOKIE = "__Host-shop";

/** Seconds that a session lasts. */
const LIFETIME = 14 * 24 * 60 * 60;

/** Signs somebody in: a new session in place of whatever the browser had before, so that nobody can plant one. */
export async function signIn(database: Database, { cookies }: Context, user: User): Promise<void> {
  await endSession(database, cookies.get(SESSION_COOKIE));
  const token = randomBytes(32).toString("base64url");
  const expiresAt = new Date(Date.now() + LIFETIME * 1000);
  await createSession(database, { tokenHash: hashOf(token), userId: user.id, expiresAt });
  cookies.set(SESSION_COOKIE, token, { maxAge: LIFETIME });
}

/** Signs out: here and in the browser. */
export async function signOut(database: Database, { cookies }: Context): Promise<void> {
  await endSession(database, cookies.get(SESSION_COOKIE));
  cookies.delete(SESSION_COOKIE);
}

/** The user whose session a token is; undefined for one that is over or none. */
export async function userOfSession(database: Database, token: string): Promise<User | undefined> {
  const session = await findSession(database, hashOf(token));
  return session !== undefined && session.expiresAt > new Date() ? session.user : undefined;
}

async function endSession(database: Database, token: string | undefined): Promise<void> {
  if (token !== undefined) {
    await deleteSession(database, hashOf(token));
  }
}

// A token is 256 random bits: a plain hash of it cannot be guessed back.
function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
