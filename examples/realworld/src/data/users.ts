import { eq } from "drizzle-orm";
import { reportConflicts } from "./conflict.ts";
import type { Database } from "./database.ts";
import { users } from "./schema.ts";
import { changedNow } from "./time.ts";

/** A registered user, with the hash of the password. */
export type User = typeof users.$inferSelect;

/** What registration stores. */
export interface NewUser {
  readonly username: string;
  readonly email: string;
  readonly passwordHash: string;
  readonly bio?: string | null | undefined;
  readonly image?: string | null | undefined;
}

/** What changes in a user: an absent or undefined key leaves the value, null and the empty text remove it. */
export interface UserChanges {
  readonly username?: string | undefined;
  readonly email?: string | undefined;
  readonly passwordHash?: string | undefined;
  readonly bio?: string | null | undefined;
  readonly image?: string | null | undefined;
}

/** Stores a user; throws a `Conflict` when the username or the email is taken. */
export async function createUser(database: Database, user: NewUser): Promise<User> {
  const rows = await reportConflicts(() =>
    database
      .insert(users)
      .values({
        username: user.username,
        email: user.email,
        passwordHash: user.passwordHash,
        bio: nullIfEmpty(user.bio),
        image: nullIfEmpty(user.image),
      })
      .returning(),
  );
  return rows[0]!;
}

/** Changes a user; undefined when there is none, a `Conflict` when the new username or email is taken. */
export async function updateUser(
  database: Database,
  id: number,
  changes: UserChanges,
): Promise<User | undefined> {
  const rows = await reportConflicts(() =>
    database
      .update(users)
      .set({
        username: changes.username,
        email: changes.email,
        passwordHash: changes.passwordHash,
        bio: nullIfEmpty(changes.bio),
        image: nullIfEmpty(changes.image),
        updatedAt: changedNow(users.updatedAt),
      })
      .where(eq(users.id, id))
      .returning(),
  );
  return rows[0];
}

/** The user with this id. */
export async function findUserById(database: Database, id: number): Promise<User | undefined> {
  const rows = await database.select().from(users).where(eq(users.id, id));
  return rows[0];
}

/** The user who registered with this email. */
export async function findUserByEmail(database: Database, email: string): Promise<User | undefined> {
  const rows = await database.select().from(users).where(eq(users.email, email));
  return rows[0];
}

/** The user with this name. */
export async function findUserByUsername(database: Database, username: string): Promise<User | undefined> {
  const rows = await database.select().from(users).where(eq(users.username, username));
  return rows[0];
}

function nullIfEmpty(text: string | null | undefined): string | null | undefined {
  return text === "" ? null : text;
}
