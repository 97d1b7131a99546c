import { beforeAll, expect, it } from "vitest";
import { answer, call, describeApi, type Person, publish, register } from "../test-api.ts";

describeApi("comments", () => {
  let ada: Person;
  let bob: Person;
  let at: `/api/articles/${string}/comments`;
  beforeAll(async () => {
    ada = await register("ada");
    bob = await register("bob");
    at = `/api/articles/${(await publish(ada, "Discussed")).slug}/comments`;
    await publish(ada, "Another");
  });

  const say = async (person: Person, text: string) =>
    (await call(`POST ${at}`, { token: person.token, body: { comment: { body: text } } })).body.comment;

  it("comments with 201 and lists what was said, the newest first", async () => {
    const created = await call(`POST ${at}`, { token: bob.token, body: { comment: { body: "First" } } });
    expect(created.status).toBe(201);
    expect(created.body).toEqual({
      comment: {
        id: expect.any(Number),
        body: "First",
        createdAt: expect.stringMatching(/Z$/),
        updatedAt: created.body.comment.createdAt,
        author: { username: bob.username, bio: null, image: null, following: false },
      },
    });
    const second = await say(ada, "Second");
    expect(await answer(`GET ${at}`)).toEqual([200, { comments: [second, created.body.comment] }]);
  });

  it("asks for a token, the article, the comment, and whose it is, in this order", async () => {
    const { id } = await say(ada, "Mine");
    const comment = { comment: { body: "" } };
    const noArticle = [404, { errors: { article: ["not found"] } }];
    const noComment = [404, { errors: { comment: ["not found"] } }];
    expect(await answer("POST /api/articles/nothing/comments", { body: comment })).toEqual([
      401,
      { errors: { token: ["is missing"] } },
    ]);
    expect(await answer("DELETE /api/articles/nothing/comments/1")).toEqual([
      401,
      { errors: { token: ["is missing"] } },
    ]);
    const { token } = bob;
    expect(await answer(`DELETE /api/articles/nothing/comments/${id}`, { token })).toEqual(noArticle);
    expect(await answer(`DELETE /api/articles/another/comments/${id}`, { token })).toEqual(noComment);
    expect(await answer(`DELETE ${at}/9007199254740991`, { token })).toEqual(noComment);
    expect(await answer(`DELETE ${at}/${id}`, { token })).toEqual([
      403,
      { errors: { comment: ["forbidden"] } },
    ]);
    expect(await answer(`DELETE ${at}/${id}`, { token: ada.token })).toEqual([204, undefined]);
    expect(await answer(`DELETE ${at}/${id}`, { token: ada.token })).toEqual(noComment);
  });

  it.each(["abc", "1.5", "99999999999999999999"])("refuses %s as a comment's number", async (id) => {
    const { status, body } = await call(`DELETE ${at}/${id}`, { token: bob.token });
    expect([status, Object.keys(body.errors)]).toEqual([422, ["id"]]);
  });

  it.each([
    [{ comment: { body: "" } }, { body: ["can't be blank"] }],
    [{ comment: {} }, { body: ["can't be blank"] }],
    [{}, { comment: ["can't be blank"] }],
  ])("refuses %j", async (body, errors) => {
    expect(await answer(`POST ${at}`, { token: bob.token, body })).toEqual([422, { errors }]);
  });

  it("has nothing to add to an article that does not exist", async () => {
    const body = { comment: { body: "Hello?" } };
    expect(await answer("POST /api/articles/nothing/comments", { token: bob.token, body })).toEqual([
      404,
      { errors: { article: ["not found"] } },
    ]);
  });
});
