import { sql } from "drizzle-orm";
import { describe, expect, it, vi } from "vitest";
import { createArticle } from "./articles.ts";
import { type Database, openDatabase } from "./database.ts";
import { tags } from "./schema.ts";
import { listTags } from "./tags.ts";
import { createEmptyDatabase, TEST_SERVER } from "../../../../tests/databases/empty-database.ts";
import { describeOnDatabases, registerUser } from "./test-database.ts";

describeOnDatabases("tags", (current) => {
  it("are ranked by use, then by name", async () => {
    const database = current();
    const ada = await registerUser(database, "ada");
    await writeTagged(database, ada.id, "one", ["rare", "common", "also"]);
    await writeTagged(database, ada.id, "two", ["common"]);
    expect(await listTags(database)).toEqual(["common", "also", "rare"]);
  });
});

// PGlite has a single connection, so nobody can get into anybody's way there.
describe.runIf(TEST_SERVER !== undefined)("new tags on PostgreSQL", () => {
  it("do not deadlock authors who bring the same ones in different order", async () => {
    const { url, remove } = await createEmptyDatabase(TEST_SERVER!);
    const { database, close } = await openDatabase({ url });
    const ada = await registerUser(database, "ada");
    let writes: Promise<unknown[]> | undefined;
    const thirdAuthor = database.transaction(async (transaction) => {
      // Both others stop at "m"; each would already hold the other's next tag if they kept their own order.
      await transaction.insert(tags).values({ name: "m" });
      writes = Promise.all([
        writeTagged(database, ada.id, "forwards", ["a", "m", "z"]),
        writeTagged(database, ada.id, "backwards", ["z", "m", "a"]),
      ]);
      await vi.waitUntil(async () => (await countWaiting(database)) === 2, { timeout: 10_000 });
      throw new Error("third author gives up");
    });
    await expect(thirdAuthor).rejects.toThrow("gives up");
    expect(await writes).toMatchObject([{ tagList: ["a", "m", "z"] }, { tagList: ["z", "m", "a"] }]);
    await close();
    await remove();
  });
});

async function countWaiting(database: Database): Promise<number> {
  const rows = await database
    .select({ count: sql`count(distinct pid)`.mapWith(Number) })
    .from(sql`pg_locks`)
    .where(sql`not granted`);
  return rows[0]!.count;
}

function writeTagged(database: Database, authorId: number, title: string, tagList: string[]) {
  return createArticle(database, authorId, { title, description: "About it", body: "All of it", tagList });
}
