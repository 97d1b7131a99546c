import { eq, sql } from "drizzle-orm";
import { type Article, findArticle } from "./article-query.ts";
import { reportConflicts } from "./conflict.ts";
import type { Database } from "./database.ts";
import { articles, favorites } from "./schema.ts";
import { slugOf } from "./slug.ts";
import { replaceTags } from "./tags.ts";
import { changedNow } from "./time.ts";

/** What an author hands in. */
export interface NewArticle {
  readonly title: string;
  readonly description: string;
  readonly body: string;
  readonly tagList?: readonly string[] | undefined;
}

/** What changes in an article: an absent or undefined key leaves the value, an empty `tagList` removes all tags. */
export interface ArticleChanges {
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly body?: string | undefined;
  readonly tagList?: readonly string[] | undefined;
}

/** Which row an article is, and who may change it. */
export interface ArticleKey {
  readonly id: number;
  readonly authorId: number;
}

/** Publishes an article; throws a `Conflict` when its title leads to a slug that is taken. */
export function createArticle(database: Database, authorId: number, article: NewArticle): Promise<Article> {
  const { title, description, body, tagList = [] } = article;
  const slug = slugOf(title);
  return database.transaction(async (transaction) => {
    const rows = await reportConflicts(() =>
      transaction
        .insert(articles)
        .values({ slug, title, description, body, authorId })
        .returning({ id: articles.id }),
    );
    await replaceTags(transaction, rows[0]!.id, tagList);
    return (await findArticle(transaction, slug, authorId))!;
  });
}

/** The row and the author of the article at this slug. */
export async function findArticleKey(database: Database, slug: string): Promise<ArticleKey | undefined> {
  const rows = await database
    .select({ id: articles.id, authorId: articles.authorId })
    .from(articles)
    .where(eq(articles.slug, slug));
  return rows[0];
}

/** Changes an article, a new title its slug too; undefined when it is gone, a `Conflict` when the slug is taken. */
export function updateArticle(
  database: Database,
  id: number,
  changes: ArticleChanges,
  viewerId: number,
): Promise<Article | undefined> {
  return database.transaction(async (transaction) => {
    const rows = await reportConflicts(() =>
      transaction
        .update(articles)
        .set({
          slug: changes.title === undefined ? undefined : slugOf(changes.title),
          title: changes.title,
          description: changes.description,
          body: changes.body,
          updatedAt: changedNow(articles.updatedAt),
        })
        .where(eq(articles.id, id))
        .returning({ slug: articles.slug }),
    );
    const changed = rows[0];
    if (changed === undefined) {
      return undefined;
    }
    if (changes.tagList !== undefined) {
      await replaceTags(transaction, id, changes.tagList);
    }
    return findArticle(transaction, changed.slug, viewerId);
  });
}

/** Removes an article with its comments, tags and favourites. */
export async function deleteArticle(database: Database, id: number): Promise<void> {
  await database.delete(articles).where(eq(articles.id, id));
}

/** Marks an article as liked, once at most; undefined when there is none at this slug. */
export async function favoriteArticle(
  database: Database,
  userId: number,
  slug: string,
): Promise<Article | undefined> {
  await database.execute(sql`
    insert into ${favorites} (user_id, article_id)
    select ${userId}::bigint, ${articles.id} from ${articles} where ${articles.slug} = ${slug}
    on conflict do nothing
  `);
  return findArticle(database, slug, userId);
}

/** Takes the mark back; undefined when there is no article at this slug. */
export async function unfavoriteArticle(
  database: Database,
  userId: number,
  slug: string,
): Promise<Article | undefined> {
  await database.execute(sql`
    delete from ${favorites} using ${articles}
    where ${favorites.userId} = ${userId}
      and ${favorites.articleId} = ${articles.id}
      and ${articles.slug} = ${slug}
  `);
  return findArticle(database, slug, userId);
}
