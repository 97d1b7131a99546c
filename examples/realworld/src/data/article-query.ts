import { and, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import { type Profile, profileColumns } from "./profiles.ts";
import { articles, articleTags, favorites, follows, tags, users } from "./schema.ts";

/** An article in a list: everything but its body. */
export interface ArticleSummary {
  readonly slug: string;
  readonly title: string;
  readonly description: string;
  readonly tagList: string[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly favorited: boolean;
  readonly favoritesCount: number;
  readonly author: Profile;
}

/** An article as the viewer sees it. */
export interface Article extends ArticleSummary {
  readonly body: string;
}

/** One page of a list, and how many articles the whole list has. */
export interface ArticlePage {
  readonly articles: ArticleSummary[];
  readonly articlesCount: number;
}

/** Which part of a list. */
export interface PageRequest {
  readonly limit: number;
  readonly offset: number;
}

/** Which articles: those that meet every condition given. */
export interface ArticleFilter extends PageRequest {
  readonly tag?: string | undefined;
  /** A username. */
  readonly author?: string | undefined;
  /** The username of somebody who likes them. */
  readonly favorited?: string | undefined;
}

/** The newest articles that meet the filter. */
export function listArticles(
  database: Database,
  filter: ArticleFilter,
  viewerId?: number,
): Promise<ArticlePage> {
  const conditions = [
    filter.author === undefined ? undefined : inArray(articles.authorId, named(database, filter.author)),
    filter.tag === undefined ? undefined : inArray(articles.id, taggedWith(database, filter.tag)),
    filter.favorited === undefined ? undefined : inArray(articles.id, likedBy(database, filter.favorited)),
  ];
  return readPage(database, and(...conditions), filter, viewerId);
}

/** The newest articles by the people whom the viewer follows. */
export function listFeed(database: Database, viewerId: number, page: PageRequest): Promise<ArticlePage> {
  const followed = database
    .select({ id: follows.followedId })
    .from(follows)
    .where(eq(follows.followerId, viewerId));
  return readPage(database, inArray(articles.authorId, followed), page, viewerId);
}

/** The article at this slug as the viewer sees it. */
export async function findArticle(
  database: Database,
  slug: string,
  viewerId?: number,
): Promise<Article | undefined> {
  const rows = await database
    .select({ ...summaryColumns(viewerId), body: articles.body })
    .from(articles)
    .innerJoin(users, eq(users.id, articles.authorId))
    .where(eq(articles.slug, slug));
  return rows[0];
}

async function readPage(
  database: Database,
  condition: SQL | undefined,
  page: PageRequest,
  viewerId: number | undefined,
): Promise<ArticlePage> {
  const found = await database
    .select(summaryColumns(viewerId))
    .from(articles)
    .innerJoin(users, eq(users.id, articles.authorId))
    .where(condition)
    .orderBy(desc(articles.createdAt), desc(articles.id))
    .limit(page.limit)
    .offset(page.offset);
  return { articles: found, articlesCount: await database.$count(articles, condition) };
}

function summaryColumns(viewerId: number | undefined) {
  return {
    slug: articles.slug,
    title: articles.title,
    description: articles.description,
    tagList: sql<string[]>`(
      select coalesce(json_agg(${tags.name} order by ${articleTags.position}), '[]')
      from ${articleTags} join ${tags} on ${tags.id} = ${articleTags.tagId}
      where ${articleTags.articleId} = ${articles.id}
    )`,
    createdAt: articles.createdAt,
    updatedAt: articles.updatedAt,
    favorited: isFavorited(viewerId),
    favoritesCount: sql`(
      select count(*) from ${favorites} where ${favorites.articleId} = ${articles.id}
    )`.mapWith(Number),
    author: profileColumns(viewerId),
  };
}

function isFavorited(viewerId: number | undefined): SQL<boolean> {
  return viewerId === undefined
    ? sql<boolean>`false`
    : sql<boolean>`exists (
        select from ${favorites}
        where ${favorites.userId} = ${viewerId} and ${favorites.articleId} = ${articles.id}
      )`;
}

function named(database: Database, username: string) {
  return database.select({ id: users.id }).from(users).where(eq(users.username, username));
}

function taggedWith(database: Database, tag: string) {
  return database
    .select({ id: articleTags.articleId })
    .from(articleTags)
    .innerJoin(tags, eq(tags.id, articleTags.tagId))
    .where(eq(tags.name, tag));
}

function likedBy(database: Database, username: string) {
  return database
    .select({ id: favorites.articleId })
    .from(favorites)
    .innerJoin(users, eq(users.id, favorites.userId))
    .where(eq(users.username, username));
}
