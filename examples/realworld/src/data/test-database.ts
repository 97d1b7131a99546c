import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe } from "vitest";
import { createEmptyDatabase, TEST_SERVER } from "../../../../tests/databases/empty-database.ts";
import { type Database, type DatabaseHandle, openDatabase } from "./database.ts";
import { createUser, type User } from "./users.ts";

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
