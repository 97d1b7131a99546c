import { body, dependency, header, procedure, query, router, type UrlFor } from "@tenon/core";
import { expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import { type AppOptions, createApp } from "../index.ts";
import { staticFiles } from "../static.ts";
import { answers, behindEveryAdapter, json } from "./adapters.ts";

const text = procedure.output(z.string());
const assets = staticFiles({ dir: "." });
const paged = procedure.input({ limit: z.int().default(20) });
const items = {
  list: paged
    .input({
      tags: query(z.array(z.string()).optional(), { name: "tag" }),
      ids: query(z.array(z.int()).optional(), { explode: false }),
      range: query(z.object({ from: z.date(), to: z.date().optional() }).optional(), { name: "range" }),
      deep: query.json(z.object({ a: z.array(z.int()) }).optional()),
      model: query(z.object({ sort: z.enum(["up", "down"]).optional() })),
      token: header("x-token", z.string().optional()),
    })
    .output(z.unknown())
    .query(({ input }) => input),
  read: text.input({ id: z.string() }).query(({ input }) => input.id),
  update: text
    .input({ id: z.string(), name: z.string(), dry: query(z.boolean().optional()) })
    .mutation(() => ""),
  lines: text
    .route("POST /{id}/lines")
    .input({ id: z.int(), item: body(z.object({ a: z.int() })) })
    .mutation(() => ""),
  file: text
    .route("GET /files/{rest*}")
    .input({ rest: z.string() })
    .query(({ input }) => input.rest),
};
const twice = { list: text.query(() => "") };
const stranger = text.query(() => "");

/** An application with one address that hands out the others. */
function make(ask: (urlFor: UrlFor) => string, options: AppOptions = {}) {
  const root = { ask: text.route("GET /ask").query(({ ctx }) => ask(ctx.urlFor)) };
  return createApp(
    { root: router(root, { prefix: "" }), items, one: router(twice), other: router(twice) },
    { mounts: { "/static": assets }, onError: () => {}, ...options },
  );
}

behindEveryAdapter("urlFor", (adapter) => {
  const urlOf = async (ask: Parameters<typeof make>[0], options?: AppOptions) => {
    const [answer] = await answers(adapter, make(ask, options), ["/ask"]);
    return answer?.json;
  };

  it("writes paths and queries as the operations read them", async () => {
    expect(await urlOf((urlFor) => urlFor(items.read, { id: "a/b ü?" }))).toBe("/items/a%2Fb%20%C3%BC%3F");
    expect(await urlOf((urlFor) => urlFor(items.file, { rest: "a b/c" }))).toBe("/items/files/a%20b/c");
    expect(await urlOf((urlFor) => urlFor(items.lines, { id: 7 }))).toBe("/items/7/lines");
    expect(await urlOf((urlFor) => urlFor(items.update, { id: "7", dry: true }))).toBe("/items/7?dry=true");
    const input = {
      limit: 5,
      tags: ["a", "b&c"],
      ids: [1, 2],
      range: { from: new Date(0) },
      deep: { a: [1] },
      model: { sort: "up" as const },
    };
    const url = await urlOf((urlFor) => urlFor(items.list, input));
    const [read] = await answers(
      adapter,
      make(() => ""),
      [url as string],
    );
    expect(read?.json).toEqual({ ...input, range: { from: "1970-01-01T00:00:00.000Z" } });
  });

  it("writes what is below a mount, and nothing outside of it", async () => {
    expect(await urlOf((urlFor) => urlFor(assets, "css/a b.css"))).toBe("/static/css/a%20b.css");
    expect(await urlOf((urlFor) => urlFor(assets, "/a#b.css"))).toBe("/static/a%23b.css");
    const [outside] = await answers(
      adapter,
      make((urlFor) => urlFor(assets, "../secret")),
      ["/ask"],
    );
    expect(outside?.status).toBe(500);
  });

  it("begins with where the application is, and never with what a request says", async () => {
    const ask: Parameters<typeof make>[0] = (urlFor) => urlFor(items.read, { id: "7" });
    expect(await urlOf(ask, { basePath: "/api" })).toBe("/api/items/7");
    expect(await urlOf(ask, { publicUrl: "https://shop.example/api" })).toBe(
      "https://shop.example/api/items/7",
    );
    const outer = createApp({}, { mounts: { "/inner": make(ask) } });
    const [inner] = await answers(adapter, outer, ["/inner/ask", { headers: { host: "evil.example" } }]);
    expect(inner?.json).toBe("/inner/items/7");
  });

  it.each([
    ["a procedure of nobody's", () => stranger, {}, /neither a procedure/],
    ["one that is there twice", () => twice.list, {}, /several addresses/],
    ["a path without its parameter", () => items.read, {}, /needs 'id'/],
    ["a parameter that leads up", () => items.read, { id: ".." }, /cannot be the 'id'/],
    ["an empty parameter", () => items.read, { id: "" }, /cannot be the 'id'/],
    ["an input that there is not", () => items.read, { id: "1", nope: 1 }, /no input 'nope'/],
    ["an item with the delimiter", () => items.list, { ids: ["1,2"] }, /cannot be an item/],
  ])("refuses %s", async (_what, of, parameters, sentence) => {
    let said: unknown;
    await urlOf((urlFor) => {
      try {
        return urlFor(of() as never, parameters as never);
      } catch (error) {
        said = error;
        return "";
      }
    });
    expect(said).toBeInstanceOf(TypeError);
    expect((said as Error).message).toMatch(sentence);
  });

  it("is there for dependencies, whatever the operation", async () => {
    const link = dependency.resolve(({ ctx }) => ctx.urlFor(items.read, { id: "1" }));
    const app = createApp({
      items,
      more: { create: text.use({ link }).mutation(({ link }) => link) },
    });
    const [made] = await answers(adapter, app, ["/more", json({})]);
    expect(made?.json).toBe("/items/1");
  });
});

it("asks for what the address needs", () => {
  const check = (urlFor: UrlFor): void => {
    urlFor(items.list, {} as never);
    // @ts-expect-error -- its id is missing
    urlFor(items.read);
    // @ts-expect-error -- its id is a text
    urlFor(items.read, { id: 7 });
    // @ts-expect-error -- there is no such parameter
    urlFor(items.read, { id: "7", nope: 1 });
    // @ts-expect-error -- there is no such procedure
    urlFor(items.reed, { id: "7" });
    // @ts-expect-error -- the path's own parameter
    urlFor(items.lines, {});
    // @ts-expect-error -- a folder has paths
    urlFor(assets);
  };
  expectTypeOf(check).toBeFunction();
});
