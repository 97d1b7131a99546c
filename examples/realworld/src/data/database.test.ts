import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { openDatabase } from "./database.ts";
import { createEmptyDatabase, TEST_SERVER } from "../../../../tests/databases/empty-database.ts";
import { describeOnDatabases, registerUser } from "./test-database.ts";
import { findUserById } from "./users.ts";

describeOnDatabases("a transaction", (current) => {
  it("leaves nothing behind when it fails", async () => {
    const database = current();
    let id = 0;
    const work = database.transaction(async (transaction) => {
      id = (await registerUser(transaction, "ada")).id;
      expect(await findUserById(transaction, id)).toBeDefined();
      throw new Error("changed my mind");
    });
    await expect(work).rejects.toThrow("changed my mind");
    expect(await findUserById(database, id)).toBeUndefined();
  });
});

describe("openDatabase", () => {
  it("keeps the data of a folder from one start to the next", async () => {
    const directory = await mkdtemp(join(tmpdir(), "conduit-"));
    try {
      const first = await openDatabase({ directory });
      const { id } = await registerUser(first.database, "ada");
      await first.close();
      const second = await openDatabase({ directory });
      expect(await findUserById(second.database, id)).toMatchObject({ username: "ada" });
      await second.close();
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });

  it("fails with the driver's reason when the server does not answer", async () => {
    await expect(openDatabase({ url: "postgres://nobody@127.0.0.1:1/none" })).rejects.toThrow("ECONNREFUSED");
  });

  it.runIf(TEST_SERVER !== undefined)("migrates once when several processes start together", async () => {
    const { url, remove } = await createEmptyDatabase(TEST_SERVER!);
    const handles = await Promise.all([1, 2, 3, 4].map(() => openDatabase({ url })));
    const rows = await handles[0]!.database
      .select({ count: sql`count(*)`.mapWith(Number) })
      .from(sql`drizzle.__drizzle_migrations`);
    await Promise.all(handles.map((handle) => handle.close()));
    await remove();
    expect(rows).toEqual([{ count: 1 }]);
  });
});
