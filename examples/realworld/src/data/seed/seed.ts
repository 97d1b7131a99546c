import { sql } from "drizzle-orm";
import { hashPassword } from "../../auth/password.ts";
import type { Database } from "../database.ts";
import { articles, articleTags, comments, favorites, follows, tags, users } from "../schema.ts";
import { slugOf } from "../slug.ts";
import type { SampleArticle } from "./article.ts";
import { CRAFT_ARTICLES } from "./craft.ts";
import { DATABASE_ARTICLES } from "./databases.ts";
import { INTERFACE_ARTICLES } from "./interfaces.ts";
import { PEOPLE, portraitOf } from "./people.ts";
import { SYSTEM_ARTICLES } from "./systems.ts";

/** Everybody in the sample data signs in with this. */
export const SAMPLE_PASSWORD = "conduit-sample";

/** Fills an empty database with sample data; says whether it did, since one with users stays as it is. */
export async function seed(database: Database): Promise<boolean> {
  if (await hasUsers(database)) {
    return false;
  }
  const passwordHash = await hashPassword(SAMPLE_PASSWORD);
  return database.transaction(async (transaction) => {
    // Two processes may start on one empty database; the second waits here and then finds the users.
    await transaction.execute(sql`lock table ${users} in share row exclusive mode`);
    if (await hasUsers(transaction)) {
      return false;
    }
    const userIds = await insertPeople(transaction, passwordHash);
    await insertArticles(transaction, userIds);
    return true;
  });
}

async function hasUsers(database: Database): Promise<boolean> {
  const rows = await database.select({ id: users.id }).from(users).limit(1);
  return rows.length > 0;
}

async function insertPeople(database: Database, passwordHash: string): Promise<IdOf> {
  const rows = await database
    .insert(users)
    .values(
      PEOPLE.map(({ username, bio }, index) => ({
        username,
        email: `${username}@conduit.example`,
        passwordHash,
        bio,
        image: portraitOf(username),
        createdAt: daysAfterStart(index / 2),
        updatedAt: daysAfterStart(index / 2),
      })),
    )
    .returning({ name: users.username, id: users.id });
  const idOf = lookup(rows);
  await database
    .insert(follows)
    .values(
      PEOPLE.flatMap((person) =>
        person.follows.map((name) => ({ followerId: idOf(person.username), followedId: idOf(name) })),
      ),
    );
  return idOf;
}

async function insertArticles(database: Database, userId: IdOf): Promise<void> {
  const written = inTurns([DATABASE_ARTICLES, INTERFACE_ARTICLES, SYSTEM_ARTICLES, CRAFT_ARTICLES]);
  const rows = await database
    .insert(articles)
    .values(
      written.map(({ title, description, body, author }, index) => ({
        slug: slugOf(title),
        title,
        description,
        body,
        authorId: userId(author),
        createdAt: publicationOf(index),
        updatedAt: publicationOf(index),
      })),
    )
    .returning({ name: articles.title, id: articles.id });
  const articleId = lookup(rows);
  await insertTags(database, written, articleId);
  await database.insert(favorites).values(
    written.flatMap(({ title, author }, index) =>
      PEOPLE.filter((person, reader) => person.username !== author && likes(reader, index)).map((person) => ({
        articleId: articleId(title),
        userId: userId(person.username),
      })),
    ),
  );
  await database.insert(comments).values(
    written.flatMap(({ title, comments: said = [] }, index) =>
      said.map(([author, body], turn) => {
        const time = daysAfterStart(publicationDay(index) + (turn + 1) / 4);
        return {
          articleId: articleId(title),
          authorId: userId(author),
          body,
          createdAt: time,
          updatedAt: time,
        };
      }),
    ),
  );
}

async function insertTags(
  database: Database,
  written: readonly SampleArticle[],
  articleId: IdOf,
): Promise<void> {
  const names = [...new Set(written.flatMap((article) => article.tags))];
  const rows = await database
    .insert(tags)
    .values(names.map((name) => ({ name })))
    .returning({ name: tags.name, id: tags.id });
  const tagId = lookup(rows);
  await database.insert(articleTags).values(
    written.flatMap((article) =>
      article.tags.map((tag, position) => ({
        articleId: articleId(article.title),
        tagId: tagId(tag),
        position,
      })),
    ),
  );
}

type IdOf = (name: string) => number;

function lookup(rows: readonly { name: string; id: number }[]): IdOf {
  const ids = new Map(rows.map((row) => [row.name, row.id]));
  return (name) => {
    const id = ids.get(name);
    if (id === undefined) {
      throw new Error(`The sample data speak of '${name}', who or which is not in them.`);
    }
    return id;
  };
}

/** One of each list, then the next of each, so that the newest articles are about different things. */
function inTurns(lists: readonly (readonly SampleArticle[])[]): SampleArticle[] {
  const longest = Math.max(...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, turn) => lists.flatMap((list) => list[turn] ?? [])).flat();
}

/** Likes without chance: some readers like a lot, some articles are liked by few. */
function likes(reader: number, article: number): boolean {
  return (reader * 7 + article * 5) % 11 < 4 - (article % 3);
}

function publicationOf(index: number): Date {
  return daysAfterStart(publicationDay(index));
}

function publicationDay(index: number): number {
  return 10 + index * 2 + (index % 5) / 10;
}

function daysAfterStart(days: number): Date {
  return new Date(Date.UTC(2025, 8, 1, 8, 30) + Math.round(days * 24 * 60) * 60_000);
}
