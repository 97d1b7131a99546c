import { beforeEach, expect, it } from "vitest";
import { createArticle } from "./articles.ts";
import { createComment, deleteComment, findCommentKey, listComments } from "./comments.ts";
import { followUser } from "./profiles.ts";
import { describeOnDatabases, registerUser } from "./test-database.ts";
import type { User } from "./users.ts";

describeOnDatabases("comments", (current) => {
  let ada: User;
  let bob: User;
  beforeEach(async () => {
    const database = current();
    ada = await registerUser(database, "ada");
    bob = await registerUser(database, "bob");
    await createArticle(database, ada.id, { title: "Topic", description: "d", body: "b" });
    await createArticle(database, ada.id, { title: "Other", description: "d", body: "b" });
  });

  it("adds comments and lists them newest first as the viewer sees them", async () => {
    const database = current();
    const first = (await createComment(database, "topic", bob.id, "First"))!;
    const second = await createComment(database, "topic", ada.id, "Second");
    expect(first).toEqual({
      id: expect.any(Number),
      body: "First",
      createdAt: expect.any(Date),
      updatedAt: first.createdAt,
      author: { username: "bob", bio: null, image: null, following: false },
    });
    expect(await listComments(database, "topic")).toEqual([second, first]);
    expect(await listComments(database, "other")).toEqual([]);
    await followUser(database, ada.id, "bob");
    const seen = await listComments(database, "topic", ada.id);
    expect(seen!.map((comment) => comment.author.following)).toEqual([false, true]);
  });

  it("deletes one comment and leaves the others", async () => {
    const database = current();
    const first = (await createComment(database, "topic", bob.id, "First"))!;
    const second = (await createComment(database, "topic", bob.id, "Second"))!;
    expect(await findCommentKey(database, "topic", first.id)).toEqual({ id: first.id, authorId: bob.id });
    await deleteComment(database, first.id);
    expect(await listComments(database, "topic")).toEqual([second]);
    expect(await findCommentKey(database, "topic", first.id)).toBeUndefined();
  });

  it("knows a comment only at its own article", async () => {
    const database = current();
    const { id } = (await createComment(database, "topic", bob.id, "Here"))!;
    expect(await findCommentKey(database, "other", id)).toBeUndefined();
    expect(await findCommentKey(database, "topic", Number.MAX_SAFE_INTEGER)).toBeUndefined();
  });

  it("has nothing to say about an article that does not exist", async () => {
    const database = current();
    expect(await createComment(database, "nothing", bob.id, "Hello?")).toBeUndefined();
    expect(await listComments(database, "nothing")).toBeUndefined();
  });
});
