import { testClient, type TestClient } from "@tenon/client/testing";
import { sql } from "drizzle-orm";
import { expect, it, vi } from "vitest";
import { app, type App } from "./app.ts";
import type { Database } from "./data/database.ts";
import { users } from "./data/schema.ts";
import { describeOnDatabases } from "./data/test-database.ts";
import { database as databaseOfApp } from "./dependencies/database.ts";

// #region transaction
/** The application in a transaction of its own, which is undone at the end: what a test writes, no other sees. */
async function inTransaction(
  database: Database,
  test: (tested: TestClient<App>) => Promise<void>,
): Promise<void> {
  const undo = new Error("undo");
  const whole = database.transaction(async (transaction) => {
    await using tested = await testClient(app.override(databaseOfApp, transaction));
    await test(tested);
    throw undo;
  });
  await whole.catch((error: unknown) => {
    if (error !== undo) {
      throw error;
    }
  });
}
// #endregion

vi.stubEnv("JWT_SECRET", "a secret of the tests, of 32 bytes and more");

const person = (username: string) => ({
  user: { username, email: `${username}@example.com`, password: "correct horse" },
});
const count = async (database: Database): Promise<number> => {
  const [row] = await database.select({ all: sql<number>`count(*)::int` }).from(users);
  return row?.all ?? -1;
};

describeOnDatabases("a test in a transaction", (current) => {
  it("sees what it has written, and leaves nothing behind", async () => {
    await inTransaction(current(), async ({ api }) => {
      await api.users.create(person("ada"));
      expect((await api.profiles.read({ username: "ada" })).profile.username).toBe("ada");
      // Last: PostgreSQL ends a transaction with the first statement that fails outside of a savepoint.
      expect((await api.users.create.safe(person("ada"))).ok).toBe(false);
    });
    expect(await count(current())).toBe(0);
  });

  it("runs beside others that write the same", async () => {
    const seen: (readonly boolean[])[] = [];
    const write = (name: string, others: readonly string[]): Promise<void> =>
      inTransaction(current(), async ({ api }) => {
        await api.users.create(person(name));
        const found = await Promise.all(others.map((username) => api.profiles.read.safe({ username })));
        seen.push(found.map(({ ok }) => ok));
      });
    await Promise.all([
      write("ada", ["ada", "bob"]),
      write("bob", ["bob", "ada"]),
      write("ada", ["ada", "eve"]),
    ]);
    expect(seen).toEqual([
      [true, false],
      [true, false],
      [true, false],
    ]);
    expect(await count(current())).toBe(0);
  });

  it("tells of a test that fails", async () => {
    const failing = inTransaction(current(), async ({ api }) => {
      await api.users.create(person("ada"));
      throw new Error("the test's own");
    });
    await expect(failing).rejects.toThrow("the test's own");
    expect(await count(current())).toBe(0);
  });
});
