import { beforeAll, describe, expect, it } from "vitest";
import { answer, call, describeApi, type Person, publish, register } from "../test-api.ts";

const BLANK = ["can't be blank"];

describeApi("articles", () => {
  let ada: Person;
  let bob: Person;
  beforeAll(async () => {
    ada = await register("ada");
    bob = await register("bob");
  });

  it("publishes with 201, and reads the same", async () => {
    const article = { title: "On Engines", description: "d", body: "# b", tagList: ["z", "a"] };
    const created = await call("POST /api/articles", { token: ada.token, body: { article } });
    expect(created.status).toBe(201);
    expect(created.body).toEqual({
      article: {
        ...article,
        slug: "on-engines",
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        updatedAt: created.body.article.createdAt,
        favorited: false,
        favoritesCount: 0,
        author: { username: ada.username, bio: null, image: null, following: false },
      },
    });
    expect(await answer("GET /api/articles/on-engines")).toEqual([200, created.body]);
  });

  it.each([
    [{}, { title: BLANK, description: BLANK, body: BLANK }],
    [
      { title: "", description: null, body: "" },
      { title: BLANK, description: BLANK, body: BLANK },
    ],
    [{ title: "t", description: "d", body: "b", tagList: null }, { tagList: BLANK }],
    [{ title: "t", description: "d", body: "b", tagList: ["fine", ""] }, { tagList: BLANK }],
    [
      { title: "t", description: "d", body: "b", tagList: Array.from({ length: 51 }, String) },
      { tagList: ["has too many tags"] },
    ],
    [undefined, { article: BLANK }],
  ])("refuses to publish %j", async (article, errors) => {
    expect(await answer("POST /api/articles", { token: ada.token, body: { article } })).toEqual([
      422,
      { errors },
    ]);
  });

  it("lets two articles have one title only if it leads to two addresses", async () => {
    const { slug } = await publish(ada, "First come");
    const other = await publish(ada, "Second come");
    const taken = [409, { errors: { title: ["has already been taken"] } }];
    const article = { title: "First, come!", description: "d", body: "b" };
    expect(await answer("POST /api/articles", { token: bob.token, body: { article } })).toEqual(taken);
    const rename = { token: ada.token, body: { article: { title: "First come" } } };
    expect(await answer(`PUT /api/articles/${other.slug}`, rename)).toEqual(taken);
    expect((await call(`PUT /api/articles/${slug}`, rename)).status).toBe(200);
  });

  it("changes what is there and leaves what is absent", async () => {
    const before = await publish(ada, "Draft", { tagList: ["one", "two"] });
    const change = (slug: string, article: object) =>
      call(`PUT /api/articles/${slug}`, { token: ada.token, body: { article } });
    const renamed = await change(before.slug, { title: "Final" });
    expect(renamed.status).toBe(200);
    expect(renamed.body.article).toEqual({
      ...before,
      title: "Final",
      slug: "final",
      updatedAt: expect.any(String),
    });
    expect(renamed.body.article.updatedAt > before.updatedAt).toBe(true);
    expect((await call(`GET /api/articles/${before.slug}`)).status).toBe(404);
    expect((await change("final", { tagList: [] })).body.article).toMatchObject({
      title: "Final",
      tagList: [],
    });
    expect((await change("final", {})).body.article).toMatchObject({ title: "Final", body: "All of it" });
    const refused = await change("final", { title: "", tagList: null });
    expect([refused.status, refused.body]).toEqual([422, { errors: { title: BLANK, tagList: BLANK } }]);
  });

  it("deletes with 204 and no body", async () => {
    const { slug } = await publish(ada, "Short-lived");
    const deleted = await call(`DELETE /api/articles/${slug}`, { token: ada.token });
    expect([deleted.status, deleted.body, deleted.headers.get("content-type")]).toEqual([
      204,
      undefined,
      null,
    ]);
    expect(await answer(`GET /api/articles/${slug}`)).toEqual([404, { errors: { article: ["not found"] } }]);
  });

  it("likes once, whoever looks", async () => {
    const { slug } = await publish(ada, "Likeable");
    for (let turn = 0; turn < 2; turn++) {
      const { status, body } = await call(`POST /api/articles/${slug}/favorite`, { token: bob.token });
      expect([status, body.article.favorited, body.article.favoritesCount]).toEqual([200, true, 1]);
    }
    const seen = await call(`GET /api/articles/${slug}`, { token: ada.token });
    expect(seen.body.article).toMatchObject({ favorited: false, favoritesCount: 1 });
    const after = await call(`DELETE /api/articles/${slug}/favorite`, { token: bob.token });
    expect(after.status).toBe(200);
    expect(after.body.article).toMatchObject({ favorited: false, favoritesCount: 0 });
  });

  describe("who may", () => {
    const changes = { article: { title: "" } };

    it("is asked before what there is, and that before what is wrong with the body", async () => {
      const { slug } = await publish(ada, "Hers");
      const missing = [401, { errors: { token: ["is missing"] } }];
      const notFound = [404, { errors: { article: ["not found"] } }];
      const forbidden = [403, { errors: { article: ["forbidden"] } }];
      const blank = [422, { errors: { title: BLANK } }];
      for (const [token, at, put, remove] of [
        [undefined, "nothing", missing, missing],
        [undefined, slug, missing, missing],
        [bob.token, "nothing", notFound, notFound],
        [bob.token, slug, forbidden, forbidden],
        [ada.token, slug, blank, [204, undefined]],
      ] as const) {
        const who = token === undefined ? {} : { token };
        expect(await answer(`PUT /api/articles/${at}`, { ...who, body: changes })).toEqual(put);
        expect(await answer(`DELETE /api/articles/${at}`, who)).toEqual(remove);
      }
    });

    it.each([
      "GET /api/articles/nothing",
      "POST /api/articles/nothing/favorite",
      "DELETE /api/articles/nothing/favorite",
      "GET /api/articles/nothing/comments",
    ] as const)("says at %s that there is no article", async (address) => {
      expect(await answer(address, { token: bob.token })).toEqual([
        404,
        { errors: { article: ["not found"] } },
      ]);
    });

    it.each(["GET /api/articles/feed", "POST /api/articles", "POST /api/articles/nothing/favorite"] as const)(
      "asks at %s for a token",
      async (address) => {
        expect(await answer(address)).toEqual([401, { errors: { token: ["is missing"] } }]);
      },
    );
  });
});
