import { count, desc, eq, inArray } from "drizzle-orm";
import type { Database } from "./database.ts";
import { articleTags, tags } from "./schema.ts";

/** The tags that articles carry, the most used first. */
export async function listTags(database: Database): Promise<string[]> {
  const rows = await database
    .select({ name: tags.name })
    .from(tags)
    .innerJoin(articleTags, eq(articleTags.tagId, tags.id))
    .groupBy(tags.id)
    .orderBy(desc(count()), tags.name);
  return rows.map((row) => row.name);
}

/** Gives an article exactly these tags, in this order; a repeated tag counts once. */
export async function replaceTags(
  database: Database,
  articleId: number,
  names: readonly string[],
): Promise<void> {
  await database.delete(articleTags).where(eq(articleTags.articleId, articleId));
  const wanted = [...new Set(names)];
  if (wanted.length === 0) {
    return;
  }
  // Sorted, so that two authors who bring the same new tags cannot wait for each other in a circle.
  const rows = wanted.toSorted().map((name) => ({ name }));
  await database.insert(tags).values(rows).onConflictDoNothing();
  const known = await database.select().from(tags).where(inArray(tags.name, wanted));
  const links = known.map((tag) => ({ articleId, tagId: tag.id, position: wanted.indexOf(tag.name) }));
  await database.insert(articleTags).values(links);
}
