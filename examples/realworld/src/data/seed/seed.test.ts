import { expect, it } from "vitest";
import { verifyPassword } from "../../auth/password.ts";
import { listArticles, listFeed } from "../article-query.ts";
import { listComments } from "../comments.ts";
import { listTags } from "../tags.ts";
import { describeOnDatabases, registerUser } from "../test-database.ts";
import { findUserByUsername } from "../users.ts";
import { SAMPLE_PASSWORD, seed } from "./seed.ts";

const EVERYTHING = { limit: 100, offset: 0 };

describeOnDatabases("the sample data", (current) => {
  it("fill an empty database with articles, tags, comments, favourites and follows", async () => {
    const database = current();
    expect(await seed(database)).toBe(true);
    const mira = (await findUserByUsername(database, "mira.kovac"))!;
    expect(mira.bio).toContain("Zagreb");
    expect(mira.image).toMatch(/^data:image\/svg\+xml,/);
    expect(await verifyPassword(SAMPLE_PASSWORD, mira.passwordHash)).toBe(true);

    const { articles, articlesCount } = await listArticles(database, EVERYTHING);
    expect(articlesCount).toBe(40);
    expect(new Set(articles.map((article) => article.author.username)).size).toBeGreaterThan(8);
    expect(articles.every((article) => article.tagList.length > 0)).toBe(true);
    expect(articles.some((article) => article.favoritesCount > 2)).toBe(true);
    expect((await listTags(database)).length).toBeGreaterThan(20);
    expect((await listFeed(database, mira.id, EVERYTHING)).articlesCount).toBeGreaterThan(5);
    expect(await listComments(database, "the-index-you-already-have")).toHaveLength(3);
  });

  it("are the same each time but for salts", async () => {
    const database = current();
    await seed(database);
    const { articles } = await listArticles(database, { limit: 2, offset: 0 });
    expect(articles[0]).toMatchObject({
      slug: "read-the-diff-thank-the-author",
      createdAt: new Date("2025-11-28T18:06:00Z"),
    });
  });

  it("leave a database with users alone", async () => {
    const database = current();
    await registerUser(database, "ada");
    expect(await seed(database)).toBe(false);
    expect(await listArticles(database, EVERYTHING)).toEqual({ articles: [], articlesCount: 0 });
  });

  it("are written once when two processes start together", async () => {
    const database = current();
    const results = await Promise.all([seed(database), seed(database)]);
    expect(new Set(results)).toEqual(new Set([false, true]));
    expect((await listArticles(database, EVERYTHING)).articlesCount).toBe(40);
  });
});
