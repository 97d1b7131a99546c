import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  binary,
  body,
  DefinitionError,
  dependency,
  file,
  form,
  header,
  html,
  json,
  type Operation,
  procedure,
  project,
  query,
  redirect,
  router,
  text,
} from "../index.ts";

const nothing = procedure.output(z.void());
const byId = nothing.input({ id: z.int() });
const address = ({ id, method, path }: Operation): string => `${id}: ${method} ${path}`;

describe("projecting", () => {
  it("gives names of the table their conventional addresses and statuses", () => {
    const items = {
      list: procedure.output(z.array(z.string())).query(() => []),
      create: procedure.output(z.string()).mutation(() => "x"),
      read: byId.query(() => {}),
      update: byId.mutation(() => {}),
      replace: byId.mutation(() => {}),
      remove: byId.mutation(() => {}),
      archive: nothing.mutation(() => {}),
      stats: nothing.query(() => {}),
      helper: () => 1,
      constant: 7,
    };
    const operations = project({ items });
    expect(operations.map(address)).toEqual([
      "items.list: GET /items",
      "items.create: POST /items",
      "items.read: GET /items/{id}",
      "items.update: PATCH /items/{id}",
      "items.replace: PUT /items/{id}",
      "items.remove: DELETE /items/{id}",
      "items.archive: POST /items/archive",
      "items.stats: GET /items/stats",
    ]);
    const status = (id: string) => operations.find((operation) => operation.id === id)?.responses[0]?.status;
    expect([status("items.list"), status("items.create"), status("items.remove")]).toEqual([200, 201, 204]);
  });

  it("serves a singleton without an id key, and another id key where the router names one", () => {
    const settings = { read: nothing.query(() => {}), replace: nothing.mutation(() => {}) };
    const articles = {
      read: nothing.input({ slug: z.string() }).query(() => {}),
      favorite: nothing
        .route("POST /{slug}/favorite")
        .input({ slug: z.string() })
        .mutation(() => {}),
    };
    expect(
      project({ settings, articles: router(articles, { prefix: "/api/articles", id: "slug" }) }).map(address),
    ).toEqual([
      "settings.read: GET /settings",
      "settings.replace: PUT /settings",
      "articles.read: GET /api/articles/{slug}",
      "articles.favorite: POST /api/articles/{slug}/favorite",
    ]);
  });

  it("mounts a module twice, and nests routers with parameters in their prefixes", () => {
    const users = { read: nothing.input({ org: z.string(), id: z.int() }).query(() => {}) };
    const operations = project({
      orgs: router({ users: router(users, { prefix: "/people" }) }, { prefix: "/orgs/{org}" }),
      teams: router({ users }, { prefix: "/teams/{org}", tags: ["Teams"], deprecated: true }),
    });
    expect(operations.map(address)).toEqual([
      "orgs.users.read: GET /orgs/{org}/people/{id}",
      "teams.users.read: GET /teams/{org}/users/{id}",
    ]);
    expect(operations.map(({ tags, isDeprecated }) => [tags, isDeprecated])).toEqual([
      [["orgs"], false],
      [["Teams"], true],
    ]);
  });

  it("reads each key from one place: template, then tag, then method", () => {
    const trace = dependency.input({ trace: header("X-Trace", z.string().optional()) }).resolve(() => 1);
    const things = {
      find: nothing
        .use({ trace })
        .input({ filter: query(z.object({ a: z.string(), b: z.int() })), page: z.int() })
        .query(() => {}),
      update: nothing
        .input({ id: z.int(), dry: query(z.boolean(), { name: "dry-run" }), name: z.string() })
        .mutation(() => {}),
      store: nothing.input({ thing: body(z.array(z.string())) }).mutation(() => {}),
      upload: nothing.input({ title: form(z.string()), picture: file() }).mutation(() => {}),
    };
    const [update, find, store, upload] = project({ things });
    const places = (operation: Operation | undefined) =>
      operation?.parameters.map((parameter) => [
        parameter.in,
        parameter.name,
        parameter.key,
        parameter.field,
      ]);
    expect(places(find)).toEqual([
      ["query", "a", "filter", "a"],
      ["query", "b", "filter", "b"],
      ["query", "page", "page", undefined],
      ["header", "x-trace", "trace", undefined],
    ]);
    expect(places(update)).toEqual([
      ["path", "id", "id", undefined],
      ["query", "dry-run", "dry", undefined],
    ]);
    expect(update?.body).toMatchObject({ kind: "object" });
    expect(store?.body).toMatchObject({ kind: "whole", key: "thing" });
    expect(upload?.body).toMatchObject({ kind: "form", encoding: "multipart" });
  });
});

describe("what cannot be served", () => {
  const audit = dependency.input({ trace: query(z.string()) }).resolve(() => 1);
  const session = dependency.resolve(() => 1);
  const pool = dependency.scope("app").resolve(() => 1);
  const one = { read: byId.query(() => {}) };
  const cases: [mistake: string, number: number, define: () => unknown][] = [
    ["a reserved name", 1001, () => project({ items: { catch: nothing.query(() => {}) } })],
    ["a reserved router", 1001, () => project({ rpc: one })],
    ["a reserved dependency key", 1001, () => procedure.use({ ctx: session } as never)],
    ["an input that is no schema", 1002, () => procedure.input({ id: 7 } as never)],
    ["an input that is no object", 1002, () => procedure.input(z.string())],
    ["one key with two meanings", 1003, () => procedure.input({ id: z.int() }).input({ id: z.string() })],
    [
      "one error with two meanings",
      1004,
      () => nothing.errors({ A: { status: 404 } }).errors({ A: { status: 410 } }),
    ],
    ["a code of the framework", 1005, () => procedure.errors({ FORBIDDEN: { status: 403 } })],
    ["a route that is none", 1006, () => procedure.route("GET /{a}{b}" as never)],
    ["a catch-all before the end", 1006, () => procedure.route("GET /{rest*}/x" as never)],
    [
      "a path key that the input lacks",
      1007,
      () => project({ items: router(one, { prefix: "/orgs/{org}" }) }),
    ],
    [
      "a body under GET",
      1008,
      () => project({ items: { find: nothing.input({ a: body(z.string()) }).query((() => {}) as never) } }),
    ],
    [
      "two operations at one address",
      1009,
      () => project({ items: { ...one, other: byId.route("GET /{id}").query(() => {}) } }),
    ],
    [
      "a conventional name in the way of a text parameter",
      1010,
      () =>
        project({
          items: { read: nothing.input({ id: z.string() }).query(() => {}), stats: nothing.query(() => {}) },
        }),
    ],
    [
      "a name that contradicts the table",
      1011,
      () => project({ items: { list: nothing.mutation(() => {}) } }),
    ],
    ["a missing output", 1012, () => project({ items: { list: procedure.query((() => {}) as never) } })],
    ["a status of 1xx", 1029, () => nothing.status(103 as number)],
    ["a status of 1xx among several", 1029, () => procedure.output({ 101: z.string(), 200: z.string() })],
    ["a status that is none", 1029, () => nothing.status(999)],
    ["a redirect under another status", 1029, () => procedure.output({ 302: redirect() })],
    ["a redirect of another kind", 1029, () => redirect(304 as never)],
    [
      "a redirect with a status beside it",
      1029,
      () =>
        project({
          items: {
            go: procedure
              .output(redirect())
              .status(201)
              .query(() => "/"),
          },
        }),
    ],
    [
      "a body where none may be",
      1029,
      () =>
        project({
          items: { go: procedure.output({ 204: html() }).query(({ reply }) => reply(204, "")) },
        }),
    ],
    [
      "a stream of bytes",
      1011,
      () =>
        project({
          items: { go: procedure.output(binary("image/png")).stream(async function* () {} as never) },
        }),
    ],
    ["what is no media type", 1030, () => binary("png")],
    ["a media type with a line end", 1030, () => text("text/plain\r\nx: y")],
    ["an omission that is none", 1031, () => json(z.string(), { omit: "all" as never })],
    ["a header that is none", 1034, () => nothing.responseHeaders({ "x y": z.string() })],
    ["cookies among headers", 1034, () => nothing.responseHeaders({ "Set-Cookie": z.string() })],
    ["a length among headers", 1034, () => nothing.responseHeaders({ "content-length": z.int() })],
    ["a cookie that is none", 1034, () => nothing.responseCookies("a b")],
    ["statuses among other keys", 1013, () => procedure.output({ 200: z.string(), name: z.string() })],
    [
      "a longer scope that uses a shorter",
      1015,
      () => {
        const wrong = dependency
          .scope("app")
          .use({ session })
          .resolve((() => 1) as never);
        return project({ items: { list: nothing.use({ wrong }).query(() => {}) } });
      },
    ],
    [
      "a router's guard with an input",
      1018,
      () => project({ items: router(one, { guard: [audit] as never }) }),
    ],
    [
      "two operations with one id",
      1019,
      () =>
        project({
          items: {
            list: nothing.doc({ operationId: "x" }).query(() => {}),
            read: byId.doc({ operationId: "x" }).query(() => {}),
          },
        }),
    ],
    [
      "two kinds of body",
      1020,
      () =>
        project({
          items: { create: nothing.input({ a: form(z.string()), b: z.string() }).mutation(() => {}) },
        }),
    ],
    ["a prefix without a slash", 1022, () => router({}, { prefix: "items" as never })],
    ["a procedure where a router belongs", 1023, () => project({ health: nothing.query(() => {}) })],
    ["something that is no router", 1023, () => project({ items: new Map() })],
  ];

  it.each(cases)("refuses %s", (_mistake, number, define) => {
    let thrown: unknown;
    try {
      define();
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(DefinitionError);
    expect((thrown as DefinitionError).number).toBe(number);
    expect((thrown as DefinitionError).message).toMatch(new RegExp(`^TENON${number}: .{20,}`));
  });

  it("lets a longer-living value be used by a shorter one", () => {
    const user = dependency.use({ pool }).resolve(() => 1);
    expect(project({ items: { list: nothing.use({ user }).query(() => {}) } })[0]?.dependencies).toHaveLength(
      2,
    );
  });
});
