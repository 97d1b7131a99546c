import { cookie, form, header, procedure, query, router } from "@tenon/core";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createApp } from "../app.ts";
import { answers, behindEveryAdapter } from "./adapters.ts";

const echo = procedure.output(z.unknown());
const routes = {
  lists: echo
    .input({
      tags: z.array(z.string()).default(["none"]),
      ids: query(z.array(z.int()).optional(), { explode: false }),
      spaced: query(z.array(z.int()).optional(), { style: "spaceDelimited" }),
      piped: query(z.set(z.string()).optional(), { style: "pipeDelimited", name: "p" }),
    })
    .query(({ input }) => ({ ...input, piped: input.piped && [...input.piped] })),
  needed: echo.input({ tags: z.array(z.int()) }).query(({ input }) => input),
  filter: echo
    .input({ filter: z.strictObject({ min: z.int().optional(), name: z.string() }).optional() })
    .query(({ input }) => input),
  kinds: echo
    .input({
      by: z.discriminatedUnion("kind", [
        z.object({ kind: z.literal("near"), at: z.int() }),
        z.object({ kind: z.literal("all") }),
      ]),
    })
    .query(({ input }) => input),
  deep: echo
    .input({ where: query.json(z.object({ any: z.array(z.int()) }).optional()) })
    .query(({ input }) => input),
  model: echo
    .input({
      page: query(z.strictObject({ limit: z.int().default(10), box: z.object({ w: z.int() }).optional() })),
    })
    .query(({ input }) => input),
  outside: echo
    .input({
      token: header("x-token", z.array(z.string().min(2)).optional()),
      device: header(z.object({ saveData: z.boolean().optional() })),
      seen: cookie("seen", z.array(z.int()).optional()),
    })
    .query(({ input }) => input),
  nothing: echo.input({ owner: z.int().nullable().default(null) }).query(({ input }) => input),
};
const paths = {
  pair: echo
    .route("GET /pair/{pair}")
    .input({ pair: z.tuple([z.int(), z.int()]) })
    .query(({ input }) => input),
  rest: echo
    .route("GET /rest/{first}/{rest*}")
    .input({ first: z.string(), rest: z.array(z.string()) })
    .query(({ input }) => input),
};
const forms = {
  register: echo
    .input({
      user: form(
        z.strictObject({
          name: z.string(),
          roles: z.array(z.string()).default([]),
          home: z.object({ city: z.string() }).optional(),
        }),
      ),
    })
    .mutation(({ input }) => input),
};
const make = () =>
  createApp({ items: router(routes), paths: router(paths, { prefix: "" }), forms: router(forms) });

behindEveryAdapter("styles of parameters", (adapter) => {
  async function given(...requests: readonly (readonly [string, RequestInit?])[]): Promise<unknown[]> {
    const replies = await answers(adapter, make(), ...requests);
    return replies.map(({ status, json }) =>
      status === 422
        ? (json as { errors: { in: string; path: unknown[]; code: string }[] }).errors.map(
            (issue) => `${issue.in} ${issue.path.join(".")} ${issue.code}`,
          )
        : json,
    );
  }

  it("read lists by their style and by no other", async () => {
    expect(
      await given(
        ["/items/lists?tags=a,b&tags=%2C&ids=1,2&spaced=1+2%203&p=a|b%7Ca"],
        ["/items/lists?ids=&spaced="],
        ["/items/lists?ids=1&ids=2"],
        ["/items/lists?ids=1,x,,3"],
        ["/items/needed"],
        ["/items/needed?tags=1"],
      ),
    ).toEqual([
      { tags: ["a,b", ","], ids: [1, 2], spaced: [1, 2, 3], piped: ["a", "b"] },
      { tags: ["none"], ids: [], spaced: [] },
      ["query ids repeated"],
      ["query ids.1 type", "query ids.2 type"],
      ["query tags missing"],
      { tags: [1] },
    ]);
  });

  it("read the fields of an object by their names, one issue for each", async () => {
    expect(
      await given(
        ["/items/filter?filter[name]=a%5Bb%5D&filter%5Bmin%5D=3"],
        ["/items/filter"],
        ["/items/filter?filter[min]=x&filter[a]=1&filter[b]=2"],
        ["/items/filter?filter[name]=a&filter[name]=b"],
        ["/items/filter?filter[__proto__]=1&filter[name]=x"],
        ["/items/kinds?by[kind]=near&by[at]=3"],
        ["/items/kinds?by[kind]=far"],
      ),
    ).toEqual([
      { filter: { name: "a[b]", min: 3 } },
      {},
      [
        "query filter.min type",
        "query filter.name missing",
        "query filter.a unknown_key",
        "query filter.b unknown_key",
      ],
      ["query filter.name repeated"],
      ["query filter.__proto__ unknown_key"],
      { by: { kind: "near", at: 3 } },
      ["query by.kind discriminator"],
    ]);
  });

  it("read JSON where a tag says so, and nothing that is none", async () => {
    const deep = "[".repeat(100);
    expect(
      await given(
        [`/items/deep?where=${encodeURIComponent('{"any":[1,2]}')}`],
        ["/items/deep"],
        ["/items/deep?where={any"],
        [`/items/deep?where=${encodeURIComponent('{"any":["1"]}')}`],
        ["/items/deep?where={}&where={}"],
        [`/items/deep?where=${deep}`],
      ),
    ).toEqual([
      { where: { any: [1, 2] } },
      {},
      ["query where format"],
      ["query where.any.0 type"],
      ["query where format"],
      ["query where format"],
    ]);
  });

  it("take the fields of a model, deep ones too, and refuse names that nothing reads", async () => {
    expect(
      await given(
        ["/items/model?limit=5&box[w]=1"],
        ["/items/model"],
        ["/items/model?x=1&box[v]=1&box=2&y=1"],
      ),
    ).toEqual([
      { page: { limit: 5, box: { w: 1 } } },
      { page: { limit: 10 } },
      ["query box.w missing", "query x unknown_key", "query box unknown_key", "query y unknown_key"],
    ]);
  });

  it("split the lines of a header at commas (RFC 9110, 5.6.1), and cookies too", async () => {
    expect(
      await given(
        ["/items/outside", { headers: { "x-token": "ab,  cd", "save-data": "on", cookie: "seen=1%2C2" } }],
        [
          "/items/outside",
          {
            headers: [
              ["x-token", "ab"],
              ["x-token", "cd , ef"],
            ],
          },
        ],
        ["/items/outside", { headers: { "x-token": "ab, c", cookie: "seen=1,x" } }],
      ),
    ).toEqual([
      { token: ["ab", "cd"], device: { saveData: true }, seen: [1, 2] },
      { token: ["ab", "cd", "ef"], device: {} },
      ["header x-token.1 too_small", "cookie seen.1 type"],
    ]);
  });

  it("split a path before it is decoded", async () => {
    expect(
      await given(["/pair/1,2"], ["/pair/1%2C2"], ["/pair/1"], ["/rest/a%2Fb/c%2Fd/%20e"], ["/rest/a/"]),
    ).toEqual([
      { pair: [1, 2] },
      { pair: [1, 2] },
      ["path pair too_small"],
      { first: "a/b", rest: ["c/d", " e"] },
      { first: "a", rest: [] },
    ]);
  });

  it("read null from no text: it is what absence means, where a schema says so", async () => {
    expect(
      await given(["/items/nothing"], ["/items/nothing?owner=3"], ["/items/nothing?owner=null"]),
    ).toEqual([{ owner: null }, { owner: 3 }, ["query owner type"]]);
  });

  it("spread form models, in both types that forms have", async () => {
    const body = "name=a&roles=x&roles=y&home%5Bcity%5D=Z";
    const send = (text: string): RequestInit => ({
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: text,
    });
    const multipart = new FormData();
    multipart.append("name", "a");
    multipart.append("extra", "1");
    expect(
      await given(
        ["/forms/register", send(body)],
        ["/forms/register", { method: "POST", body: multipart }],
        ["/forms/register", send("name=&roles=x&home[city]=Z&home[city]=Y&b=1")],
      ),
    ).toEqual([
      { user: { name: "a", roles: ["x", "y"], home: { city: "Z" } } },
      ["body extra unknown_key"],
      ["body home.city repeated", "body b unknown_key"],
    ]);
  });
});

describe("what has no text form", () => {
  const refuse = (field: object, sentence: RegExp, route: `GET /${string}` = "GET /x"): void => {
    const routes = {
      x: echo
        .route(route)
        .input(field as { v: z.ZodString })
        .query(() => ""),
    };
    expect(() => createApp({ items: router(routes, { prefix: "" }) })).toThrow(sentence);
  };

  it("is refused where it is defined, with what to write instead", () => {
    refuse(
      { v: z.object({ a: z.array(z.string()) }) },
      /TENON1024: 'items.x' reads 'v' from the query.*query\.json/,
    );
    refuse({ v: z.array(z.array(z.string())) }, /query\.json/);
    refuse({ v: z.map(z.string(), z.int()) }, /query\.json/);
    refuse({ v: z.int().nullable() }, /no text says null: write \.optional\(\)/);
    refuse({ v: z.array(z.int().nullish()) }, /no text says null/);
    refuse({ v: header("x-v", z.object({ a: z.string() })) }, /an object has no text form/);
    refuse({ v: z.object({ a: z.string() }) }, /an object has no text form/, "GET /x/{v}");
    refuse({ v: header("x-v", z.union([z.string(), z.array(z.string())])) }, /choose one of them/);
    refuse({ v: query(z.file()) }, /tag it with file\(\)/);
    refuse({ v: query(z.int(), { style: "pipeDelimited" }) }, /cannot have the style 'pipeDelimited'/);
    refuse({ v: form(z.map(z.string(), z.int())) }, /form\.json/);
  });

  it("is two keys of one name in one location", () => {
    const sentence = /TENON1033: 'items.x' reads both 'v' and 'w' from 'n' in the query/;
    refuse({ v: query(z.int(), { name: "n" }), w: query(z.int(), { name: "n" }) }, sentence);
    refuse({ v: query(z.object({ n: z.int() })), w: query(z.int(), { name: "n" }) }, sentence);
    refuse(
      { v: header("X-N", z.int()), w: header("x-n", z.int()) },
      /both 'v' and 'w' from 'x-n' in the header/,
    );
  });
});
