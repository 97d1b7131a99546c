import { beforeAll, expect, it } from "vitest";
import { answer, call, describeApi, type Person, publish, register } from "../test-api.ts";

describeApi("lists of articles", () => {
  let writer: Person;
  let reader: Person;
  beforeAll(async () => {
    writer = await register("writer");
    reader = await register("reader");
    for (const number of [1, 2, 3, 4, 5]) {
      await publish(writer, `Part ${number}`, { tagList: [number % 2 === 0 ? "even" : "odd"] });
    }
    await publish(reader, "Not by the writer", { tagList: ["even"] });
    await call("POST /api/articles/part-2/favorite", { token: reader.token });
  });

  const slugs = async (address: `GET /${string}`, who?: Person): Promise<[string[], number]> => {
    const { body } = await call(address, who === undefined ? {} : { token: who.token });
    return [body.articles.map((article: { slug: string }) => article.slug), body.articlesCount];
  };

  it("pages through the newest first; the count is that of the whole list", async () => {
    const list = `GET /api/articles?author=${writer.username}` as const;
    expect(await slugs(list)).toEqual([["part-5", "part-4", "part-3", "part-2", "part-1"], 5]);
    expect(await slugs(`${list}&limit=2`)).toEqual([["part-5", "part-4"], 5]);
    expect(await slugs(`${list}&limit=2&offset=2`)).toEqual([["part-3", "part-2"], 5]);
    expect(await slugs(`${list}&limit=2&offset=4`)).toEqual([["part-1"], 5]);
    expect(await slugs(`${list}&offset=5`)).toEqual([[], 5]);
  });

  it("returns 20 unless told otherwise, and however much it is asked for, 100 at most", async () => {
    for (let number = 0; number < 70; number++) {
      await publish(reader, `Filler ${number}`);
    }
    expect((await call("GET /api/articles")).body.articles).toHaveLength(20);
    const { body } = await call("GET /api/articles?limit=1000");
    expect(body.articles).toHaveLength(100);
    expect(body.articlesCount).toBeGreaterThan(100);
  });

  it("meets every condition", async () => {
    const { username } = writer;
    expect(await slugs(`GET /api/articles?tag=even&author=${username}`)).toEqual([["part-4", "part-2"], 2]);
    expect(await slugs(`GET /api/articles?favorited=${reader.username}`)).toEqual([["part-2"], 1]);
    expect(await slugs(`GET /api/articles?favorited=${reader.username}&tag=odd`)).toEqual([[], 0]);
    expect(await slugs("GET /api/articles?author=nobody")).toEqual([[], 0]);
  });

  it("lists everything but the body, as the viewer sees it", async () => {
    const { body } = await call(`GET /api/articles?author=${writer.username}&offset=3&limit=1`, {
      token: reader.token,
    });
    expect(body.articles).toEqual([
      {
        slug: "part-2",
        title: "Part 2",
        description: "About it",
        tagList: ["even"],
        createdAt: expect.any(String),
        updatedAt: expect.any(String),
        favorited: true,
        favoritesCount: 1,
        author: { username: writer.username, bio: null, image: null, following: false },
      },
    ]);
  });

  it("feeds a reader what the followed write, and nothing else", async () => {
    const follower = await register("follower");
    expect(await slugs("GET /api/articles/feed", follower)).toEqual([[], 0]);
    await call(`POST /api/profiles/${writer.username}/follow`, { token: follower.token });
    expect(await slugs("GET /api/articles/feed?limit=2&offset=1", follower)).toEqual([
      ["part-4", "part-3"],
      5,
    ]);
    const { body } = await call("GET /api/articles/feed", { token: follower.token });
    expect(body.articles[0]).toMatchObject({ slug: "part-5", author: { following: true } });
    expect(body.articles[0]).not.toHaveProperty("body");
  });

  it.each([
    ["limit=0", { limit: ["must be at least 1"] }],
    ["offset=-1", { offset: ["must be at least 0"] }],
    ["limit=ten&offset=1.5", { limit: expect.any(Array), offset: expect.any(Array) }],
    ["limit=", { limit: expect.any(Array) }],
    ["limit=5&limit=6", { limit: expect.any(Array) }],
    ["offset=99999999999999999999", { offset: expect.any(Array) }],
  ])("refuses %s", async (query, errors) => {
    expect(await answer(`GET /api/articles?${query}`)).toEqual([422, { errors }]);
    expect(await answer(`GET /api/articles/feed?${query}`, { token: reader.token })).toEqual([
      422,
      { errors },
    ]);
  });
});
