import { expect, it } from "vitest";
import { findArticle, listArticles, listFeed } from "./article-query.ts";
import {
  createArticle,
  deleteArticle,
  favoriteArticle,
  findArticleKey,
  unfavoriteArticle,
  updateArticle,
} from "./articles.ts";
import { createComment, listComments } from "./comments.ts";
import type { Database } from "./database.ts";
import { followUser } from "./profiles.ts";
import { listTags } from "./tags.ts";
import { describeOnDatabases, registerUser } from "./test-database.ts";

const EVERYTHING = { limit: 20, offset: 0 };

describeOnDatabases("articles", (current) => {
  it("publishes an article with its tags in the author's order, each once", async () => {
    const database = current();
    const ada = await registerUser(database, "ada");
    const article = await createArticle(database, ada.id, {
      title: "On Engines",
      description: "Notes",
      body: "They weave.",
      tagList: ["zinc", "brass", "zinc", "iron"],
    });
    expect(article).toEqual({
      slug: "on-engines",
      title: "On Engines",
      description: "Notes",
      body: "They weave.",
      tagList: ["zinc", "brass", "iron"],
      createdAt: expect.any(Date),
      updatedAt: article.createdAt,
      favorited: false,
      favoritesCount: 0,
      author: { username: "ada", bio: null, image: null, following: false },
    });
    expect(await findArticle(database, "on-engines")).toEqual(article);
    expect(await findArticleKey(database, "on-engines")).toEqual({ id: 1, authorId: ada.id });
    expect(await findArticle(database, "nothing")).toBeUndefined();
    expect(await findArticleKey(database, "nothing")).toBeUndefined();
  });

  it("refuses a title whose slug is taken and keeps none of its tags", async () => {
    const database = current();
    const ada = await registerUser(database, "ada");
    await write(database, ada.id, "On Engines");
    const second = write(database, ada.id, "On: engines!", ["new"]);
    await expect(second).rejects.toMatchObject({ name: "Conflict", field: "title" });
    expect(await listTags(database)).toEqual([]);
  });

  it("moves an article to the slug of its new title", async () => {
    const database = current();
    const ada = await registerUser(database, "ada");
    await write(database, ada.id, "Taken");
    const before = await write(database, ada.id, "Old", ["a", "b"]);
    const { id } = (await findArticleKey(database, "old"))!;
    const after = await updateArticle(database, id, { title: "New" }, ada.id);
    expect(after).toEqual({ ...before, title: "New", slug: "new", updatedAt: after!.updatedAt });
    expect(after!.updatedAt.getTime()).toBeGreaterThan(before.updatedAt.getTime());
    expect(await findArticle(database, "old")).toBeUndefined();
    await expect(updateArticle(database, id, { title: "taken" }, ada.id)).rejects.toMatchObject({
      field: "title",
    });
    expect(await updateArticle(database, id, { title: "New" }, ada.id)).toMatchObject({ slug: "new" });
  });

  it("keeps the tags of a change without tags and removes all for an empty list", async () => {
    const database = current();
    const ada = await registerUser(database, "ada");
    await write(database, ada.id, "Tagged", ["b", "a"]);
    const { id } = (await findArticleKey(database, "tagged"))!;
    expect(await updateArticle(database, id, { body: "x" }, ada.id)).toMatchObject({
      body: "x",
      tagList: ["b", "a"],
    });
    expect(await updateArticle(database, id, { tagList: ["c", "a"] }, ada.id)).toMatchObject({
      tagList: ["c", "a"],
    });
    expect(await updateArticle(database, id, { tagList: [] }, ada.id)).toMatchObject({ tagList: [] });
    expect(await listTags(database)).toEqual([]);
    expect(await updateArticle(database, 999, { body: "x" }, ada.id)).toBeUndefined();
  });

  it("deletes an article with everything that hangs on it", async () => {
    const database = current();
    const ada = await registerUser(database, "ada");
    await write(database, ada.id, "Gone", ["tag"]);
    await favoriteArticle(database, ada.id, "gone");
    await createComment(database, "gone", ada.id, "Farewell");
    const { id } = (await findArticleKey(database, "gone"))!;
    await deleteArticle(database, id);
    expect(await findArticle(database, "gone")).toBeUndefined();
    expect(await listComments(database, "gone")).toBeUndefined();
    expect(await listTags(database)).toEqual([]);
  });

  it("counts each reader's favourite once", async () => {
    const database = current();
    const [ada, bob] = [await registerUser(database, "ada"), await registerUser(database, "bob")];
    await write(database, ada.id, "Liked");
    await favoriteArticle(database, ada.id, "liked");
    await favoriteArticle(database, bob.id, "liked");
    expect(await favoriteArticle(database, ada.id, "liked")).toMatchObject({
      favorited: true,
      favoritesCount: 2,
    });
    expect(await findArticle(database, "liked")).toMatchObject({ favorited: false, favoritesCount: 2 });
    expect(await unfavoriteArticle(database, ada.id, "liked")).toMatchObject({
      favorited: false,
      favoritesCount: 1,
    });
    expect(await unfavoriteArticle(database, ada.id, "liked")).toMatchObject({ favoritesCount: 1 });
    expect(await findArticle(database, "liked", bob.id)).toMatchObject({ favorited: true });
    expect(await favoriteArticle(database, ada.id, "nothing")).toBeUndefined();
    expect(await unfavoriteArticle(database, ada.id, "nothing")).toBeUndefined();
  });

  it("lists the newest first, without bodies, a page at a time", async () => {
    const database = current();
    const ada = await registerUser(database, "ada");
    // One transaction, hence one time of creation: the order must not depend on it.
    await database.transaction(async (transaction) => {
      for (const title of ["one", "two", "three", "four", "five"]) {
        await write(transaction, ada.id, title);
      }
    });
    const first = await listArticles(database, { limit: 2, offset: 0 });
    expect(slugs(first)).toEqual(["five", "four"]);
    expect(first.articlesCount).toBe(5);
    expect(first.articles[0]).not.toHaveProperty("body");
    expect(slugs(await listArticles(database, { limit: 2, offset: 4 }))).toEqual(["one"]);
    expect(await listArticles(database, { limit: 2, offset: 9 })).toEqual({ articles: [], articlesCount: 5 });
    const far = { limit: Number.MAX_SAFE_INTEGER, offset: Number.MAX_SAFE_INTEGER };
    expect(await listArticles(database, far)).toEqual({ articles: [], articlesCount: 5 });
  });

  it("filters by tag, author and reader, together too", async () => {
    const database = current();
    const [ada, bob] = [await registerUser(database, "ada"), await registerUser(database, "bob")];
    await write(database, ada.id, "ada red", ["red", "dark"]);
    await write(database, ada.id, "ada blue", ["blue"]);
    await write(database, bob.id, "bob red", ["red"]);
    await favoriteArticle(database, bob.id, "ada-blue");
    await favoriteArticle(database, bob.id, "bob-red");

    const byTag = await listArticles(database, { ...EVERYTHING, tag: "red" }, bob.id);
    expect(slugs(byTag)).toEqual(["bob-red", "ada-red"]);
    expect(byTag.articlesCount).toBe(2);
    expect(byTag.articles.map((article) => article.favorited)).toEqual([true, false]);
    expect(byTag.articles[1]!.tagList).toEqual(["red", "dark"]);
    expect(slugs(await listArticles(database, { ...EVERYTHING, author: "ada" }))).toEqual([
      "ada-blue",
      "ada-red",
    ]);
    const byReader = await listArticles(database, { ...EVERYTHING, favorited: "bob" });
    expect(slugs(byReader)).toEqual(["bob-red", "ada-blue"]);
    expect(byReader.articles.map((article) => article.favoritesCount)).toEqual([1, 1]);
    const together = { ...EVERYTHING, tag: "red", author: "bob", favorited: "bob" };
    expect(slugs(await listArticles(database, together))).toEqual(["bob-red"]);
    for (const nothing of [{ tag: "none" }, { author: "none" }, { favorited: "none" }]) {
      const page = await listArticles(database, { ...EVERYTHING, ...nothing });
      expect(page).toEqual({ articles: [], articlesCount: 0 });
    }
  });

  it("feeds a reader the articles of those they follow", async () => {
    const database = current();
    const [ada, bob] = [await registerUser(database, "ada"), await registerUser(database, "bob")];
    const eve = await registerUser(database, "eve");
    await write(database, ada.id, "by ada");
    await write(database, bob.id, "by bob");
    await write(database, eve.id, "by eve");
    expect(await listFeed(database, eve.id, EVERYTHING)).toEqual({ articles: [], articlesCount: 0 });
    await followUser(database, eve.id, "ada");
    await followUser(database, eve.id, "bob");
    const feed = await listFeed(database, eve.id, { limit: 1, offset: 1 });
    expect(slugs(feed)).toEqual(["by-ada"]);
    expect(feed.articlesCount).toBe(2);
    expect(feed.articles[0]!.author.following).toBe(true);
  });
});

function write(database: Database, authorId: number, title: string, tagList: string[] = []) {
  return createArticle(database, authorId, { title, description: "About it", body: "All of it", tagList });
}

function slugs(page: { articles: { slug: string }[] }): string[] {
  return page.articles.map((article) => article.slug);
}
