import { eq, lte } from "drizzle-orm";
import type { Database } from "./open-database.ts";
import { sessions, users } from "./tables.ts";

/** A user, with the hash of the password. */
export type User = typeof users.$inferSelect;

/** Stores a user; undefined where the email is taken. */
export async function createUser(
  database: Database,
  user: typeof users.$inferInsert,
): Promise<User | undefined> {
  const [created] = await database.insert(users).values(user).onConflictDoNothing().returning();
  return created;
}

/** The user with an email. */
export async function findUser(database: Database, email: string): Promise<User | undefined> {
  const [found] = await database.select().from(users).where(eq(users.email, email));
  return found;
}

/** The user with an id. */
export async function readUser(database: Database, id: number): Promise<User | undefined> {
  const [found] = await database.select().from(users).where(eq(users.id, id));
  return found;
}

/** Puts a new hash of the same password in place of an outdated one. */
export async function renewPasswordHash(database: Database, id: number, passwordHash: string): Promise<void> {
  await database.update(users).set({ passwordHash }).where(eq(users.id, id));
}

/** Stores a session, and forgets those that are over. */
export async function createSession(
  database: Database,
  session: typeof sessions.$inferInsert,
): Promise<void> {
  await database.delete(sessions).where(lte(sessions.expiresAt, new Date()));
  await database.insert(sessions).values(session);
}

/** The user of a session, and when it ends. */
export async function findSession(
  database: Database,
  tokenHash: string,
): Promise<{ user: User; expiresAt: Date } | undefined> {
  const [found] = await database
    .select({ user: users, expiresAt: sessions.expiresAt })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(eq(sessions.tokenHash, tokenHash));
  return found;
}

/** Ends a session. */
export async function deleteSession(database: Database, tokenHash: string): Promise<void> {
  await database.delete(sessions).where(eq(sessions.tokenHash, tokenHash));
}
