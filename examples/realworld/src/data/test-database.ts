import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe } from "vitest";
import { type Database, type DatabaseHandle, openDatabase } from "./database.ts";
import { createUser, type User } from "./users.ts";

/** The server to test on besides PGlite; the test suite starts one and names it here. */
export const TEST_SERVER = process.env["TEST_DATABASE_URL"];

/** Describes behaviour on each database at hand; every test finds the tables empty. */
export function describeOnDatabases(subject: string, tests: (current: () => Database) => void): void {
  describe.each(TEST_SERVER === undefined ? ["PGlite"] : ["PGlite", "PostgreSQL"])(
    `${subject} on %s`,
    (name) => {
      let handle: DatabaseHandle;
      beforeAll(async () => {
        handle = name === "PGlite" ? await openDatabase() : await openEmptyDatabase(TEST_SERVER!);
      });
      beforeEach(() => handle.database.execute(sql`truncate users, tags restart identity cascade`));
      afterAll(() => handle.close());
      tests(() => handle.database);
    },
  );
}

/** Makes an empty database on the server; `remove` drops it again. */
export async function createEmptyDatabase(
  server: string,
): Promise<{ url: string; remove: () => Promise<void> }> {
  const name = `conduit_${randomBytes(6).toString("hex")}`;
  await execute(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = name;
  return { url: url.href, remove: () => execute(server, `drop database ${name} with (force)`) };
}

/** Stores a user whose other details do not matter. */
export function registerUser(database: Database, username: string): Promise<User> {
  return createUser(database, { username, email: `${username}@example.com`, passwordHash: "no hash" });
}

async function openEmptyDatabase(server: string): Promise<DatabaseHandle> {
  const { url, remove } = await createEmptyDatabase(server);
  const handle = await openDatabase({ url });
  return {
    database: handle.database,
    close: async () => {
      await handle.close();
      await remove();
    },
  };
}

async function execute(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
