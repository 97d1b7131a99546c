import { body, header, procedure, query, router } from "@tenon/core";
import { expect, it } from "vitest";
import { z } from "zod";
import { createApp } from "../app.ts";
import { serve } from "../node.ts";
import { answers, behindEveryAdapter, json, sendRaw } from "./adapters.ts";

interface Tree {
  children: Tree[];
}
const Tree: z.ZodType<Tree> = z.object({
  get children() {
    return z.array(Tree);
  },
});

const items = {
  read: procedure
    .input({ id: z.int(), limit: z.int().max(100).default(20), tags: z.array(z.string()).default([]) })
    .output(z.unknown())
    .query(({ input }) => input),
  byName: procedure
    .route("GET /by-name/{name}")
    .input({ name: z.string() })
    .output(z.string())
    .query(({ input }) => input.name),
  create: procedure
    .input({ name: z.string().min(1), price: z.number().positive() })
    .output(z.unknown())
    .mutation(({ input }) => input),
  strict: procedure
    .input(z.strictObject({ name: z.string() }))
    .output(z.unknown())
    .mutation(({ input }) => input),
  filter: procedure
    .input({ filter: query(z.strictObject({ q: z.string() })) })
    .output(z.unknown())
    .query(({ input }) => input),
  bulk: procedure
    .input({ values: z.array(z.int()) })
    .output(z.int())
    .mutation(({ input }) => input.values.length),
  settings: procedure
    .input({ values: z.record(z.string(), z.int()) })
    .output(z.unknown())
    .mutation(({ input }) => input),
  tree: procedure
    .input({ tree: Tree })
    .output(z.string())
    .mutation(() => "kept"),
  touch: procedure
    .input({ note: z.string().default("none") })
    .output(z.unknown())
    .mutation(({ input }) => input),
  login: procedure
    .input({ email: z.email(), password: z.string().min(12), token: header("x-secret", z.int()) })
    .output(z.void())
    .mutation(() => {}),
};
const make = () => createApp({ items: router(items) }, { limits: { body: 64 * 1024 } });
const makeLarge = () => createApp({ items: router(items) }, { limits: { body: 4 * 1024 * 1024 } });

behindEveryAdapter("bad input", (adapter) => {
  const problem = (status: number, title: string, code: string, rest: object = {}) => ({
    type: "about:blank",
    title,
    status,
    code,
    ...rest,
  });
  const invalid = (...errors: object[]) => problem(422, "Unprocessable Content", "INVALID_INPUT", { errors });

  it("says where a body stops being JSON, without repeating it", async () => {
    const post = (body: string | Uint8Array) => ({
      method: "POST",
      headers: { "content-type": "application/json" },
      body: body as BodyInit,
    });
    const [brokenOff, wrongToken, trailing, notUtf8, umlaut] = await answers(
      adapter,
      make(),
      ["/items", post('{"name":"x"')],
      ["/items", post('{"password":hunter2}')],
      ["/items", post('{"name":"x"} true')],
      ["/items", post(new Uint8Array([0x22, 0xff, 0x22]))],
      ["/items", post('{"name":"ä",}')],
    );
    const malformed = (detail: string) => problem(400, "Bad Request", "MALFORMED_BODY", { detail });
    expect(brokenOff?.json).toEqual(malformed("the body is no valid JSON from byte 11 on"));
    expect(wrongToken?.json).toEqual(malformed("the body is no valid JSON from byte 12 on"));
    expect(trailing?.json).toEqual(malformed("the body is no valid JSON from byte 13 on"));
    expect(notUtf8?.json).toEqual(malformed("the body is not valid UTF-8"));
    expect(umlaut?.json).toEqual(malformed("the body is no valid JSON from byte 13 on"));
    expect(brokenOff?.status).toBe(400);
    expect(brokenOff?.headers.get("content-type")).toBe("application/problem+json");
  });

  it("refuses another media type before reading the body", async () => {
    const [text, none, charset, geo] = await answers(
      adapter,
      make(),
      [
        "/items",
        { method: "POST", headers: { "content-type": "text/plain" }, body: '{"name":"x","price":1}' },
      ],
      ["/items", { method: "POST", body: new TextEncoder().encode("{}") }],
      [
        "/items",
        { method: "POST", headers: { "content-type": "application/json; charset=latin1" }, body: "{}" },
      ],
      ["/items", json({ name: "x", price: 1 }, "POST", { "content-type": "application/geo+json" })],
    );
    const unsupported = problem(415, "Unsupported Media Type", "UNSUPPORTED_MEDIA_TYPE", {
      detail: "the body must be application/json in UTF-8",
    });
    expect(text?.json).toEqual(unsupported);
    expect(none?.json).toEqual(unsupported);
    expect(charset?.json).toEqual(unsupported);
    expect(text?.headers.get("accept-post")).toBe("application/json");
    expect(geo?.status).toBe(201);
  });

  it("refuses a compressed body instead of what its bytes look like", async () => {
    const coded = (coding: string, body = '{"name":"x","price":1}') => ({
      ...json({}, "POST", { "content-encoding": coding }),
      body,
    });
    const [gzip, two, identity] = await answers(
      adapter,
      make(),
      ["/items", coded("gzip", "\u001f\u008b")],
      ["/items", coded("identity, br")],
      ["/items", coded("Identity")],
    );
    expect([gzip?.status, two?.status, identity?.status]).toEqual([415, 415, 201]);
    expect(gzip?.json).toMatchObject({
      code: "UNSUPPORTED_MEDIA_TYPE",
      detail: "the body must not be compressed",
    });
  });

  it("refuses a body over the limit, declared or chunked", async () => {
    const large = JSON.stringify({ name: "x".repeat(70_000), price: 1 });
    const chunks = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(large.slice(0, 40_000)));
        controller.enqueue(new TextEncoder().encode(large.slice(40_000)));
        controller.close();
      },
    });
    const headers = { "content-type": "application/json" };
    const [declared, chunked] = await answers(
      adapter,
      make(),
      [
        "/items",
        { method: "POST", headers: { ...headers, "content-length": String(large.length) }, body: large },
      ],
      ["/items", { method: "POST", headers, body: chunks, duplex: "half" } as RequestInit],
    );
    const tooLarge = problem(413, "Content Too Large", "TOO_LARGE", {
      detail: "the body is larger than 65536 bytes",
    });
    expect(declared?.json).toEqual(tooLarge);
    expect(chunked?.json).toEqual(tooLarge);
  });

  it("answers an unknown method with what is allowed", async () => {
    const [put, brew] = await answers(
      adapter,
      make(),
      ["/items", { method: "PUT" }],
      ["/items", { method: "PURGE" }],
    );
    expect(put?.json).toEqual(problem(405, "Method Not Allowed", "METHOD_NOT_ALLOWED"));
    expect(put?.headers.get("allow")).toBe("OPTIONS, POST");
    expect(brew?.status).toBe(405);
  });

  it("decodes an encoded slash in a parameter, and never splits on it", async () => {
    const [text, number, literal] = await answers(
      adapter,
      make(),
      ["/items/by-name/a%2Fb"],
      ["/items/7%2F8"],
      ["/items%2Fby-name/x"],
    );
    expect(text?.json).toBe("a/b");
    expect(number?.json).toEqual(
      invalid({ in: "path", path: ["id"], code: "type", message: "Expected integer", expected: "integer" }),
    );
    expect(literal?.json).toEqual(problem(404, "Not Found", "ROUTE_NOT_FOUND"));
  });

  it("refuses control characters and broken encodings in a path or query", async () => {
    const [nul, broken, query] = await answers(
      adapter,
      make(),
      ["/items/by-name/%00"],
      ["/items/by-name/%ff"],
      ["/items/7?limit=%ff"],
    );
    const path = problem(400, "Bad Request", "MALFORMED_REQUEST", {
      detail: "the path holds a broken or forbidden percent-encoding",
    });
    expect(nul?.json).toEqual(path);
    expect(broken?.json).toEqual(path);
    expect(query?.json).toEqual(
      problem(400, "Bad Request", "MALFORMED_REQUEST", {
        detail: "the query holds a broken percent-encoding",
      }),
    );
  });

  it("finds nothing at a path with an empty segment, and redirects nowhere", async () => {
    const [first, inner, last] = await answers(adapter, make(), ["//items"], ["/items//7"], ["/items/7//"]);
    for (const answer of [first, inner, last]) {
      expect(answer?.json).toEqual(problem(404, "Not Found", "ROUTE_NOT_FOUND"));
    }
  });

  it("refuses a repeated scalar instead of choosing one", async () => {
    const [repeated, list] = await answers(
      adapter,
      make(),
      ["/items/7?limit=1&limit=2"],
      ["/items/7?tags=a&tags=b"],
    );
    expect(repeated?.status).toBe(422);
    expect(repeated?.json).toMatchObject({ errors: [{ in: "query", path: ["limit"], code: "repeated" }] });
    expect(list?.json).toEqual({ id: 7, limit: 20, tags: ["a", "b"] });
  });

  it("reads texts by JSON's grammar, not JavaScript's", async () => {
    const texts = ["", "0x10", "%205", "1_000", "+3", "1e400", "NaN", "1.5"];
    const results = await answers(
      adapter,
      make(),
      ...texts.map((text) => [`/items/7?limit=${text}`] as const),
    );
    expect(results.map(({ status }) => status)).toEqual(texts.map(() => 422));
  });

  it("takes no prototype from a query or a body", async () => {
    const [ignored, strictQuery, body, strictBody, record] = await answers(
      adapter,
      make(),
      ["/items/7?__proto__=x&constructor=y"],
      ["/items/filter?q=a&__proto__=x"],
      ["/items", { ...json({}), body: '{"name":"x","price":1,"__proto__":{"admin":true}}' }],
      ["/items/strict", { ...json({}), body: '{"name":"x","__proto__":{"admin":true}}' }],
      ["/items/settings", { ...json({}), body: '{"values":{"a":1,"__proto__":2}}' }],
    );
    expect(ignored?.json).toEqual({ id: 7, limit: 20, tags: [] });
    expect(strictQuery?.json).toEqual(
      invalid({
        in: "query",
        path: ["__proto__"],
        code: "unknown_key",
        message: "There is no parameter '__proto__'",
      }),
    );
    expect(body?.json).toEqual({ name: "x", price: 1 });
    expect(strictBody?.status).toBe(422);
    expect(strictBody?.json).toMatchObject({
      errors: [{ in: "body", path: ["__proto__"], code: "unknown_key" }],
    });
    expect(record?.json).toMatchObject({
      errors: [{ in: "body", path: ["values", "__proto__"], code: "forbidden_key" }],
    });
  });

  it("names fifty of 200,000 bad items, and says that there are more", async () => {
    const body = `{"values":[${'"x",'.repeat(199_999)}"x"]}`;
    const [answer] = await answers(adapter, makeLarge(), ["/items/bulk", { ...json({}), body }]);
    const { errors, truncated } = (answer as { json: unknown }).json as {
      errors: object[];
      truncated: boolean;
    };
    expect(errors).toHaveLength(50);
    expect(errors[49]).toEqual({
      in: "body",
      path: ["values", 49],
      code: "type",
      message: "Expected integer",
      expected: "integer",
    });
    expect(truncated).toBe(true);
  });

  it("refuses a body nested 100,000 deep where its schema could follow it", async () => {
    const deep = '{"children":['.repeat(100_000) + "]}".repeat(100_000);
    const [recursive, flat] = await answers(
      adapter,
      makeLarge(),
      ["/items/tree", { ...json({}), body: `{"tree":${deep}}` }],
      ["/items", { ...json({}), body: `{"name":${deep},"price":1}` }],
    );
    expect(recursive?.json).toEqual(
      problem(400, "Bad Request", "MALFORMED_BODY", { detail: "the body is nested deeper than 64 levels" }),
    );
    expect(flat?.json).toEqual(
      invalid({ in: "body", path: ["name"], code: "type", message: "Expected string", expected: "string" }),
    );
  });

  it("tells of all locations in one reply", async () => {
    const [answer] = await answers(adapter, make(), [
      "/items/login",
      json({ email: "nobody", password: "hunter2" }, "POST", { "x-secret": "tls" }),
    ]);
    expect(answer?.status).toBe(422);
    expect(answer?.json).toMatchObject({
      errors: [
        { in: "header", path: ["x-secret"], code: "type" },
        { in: "body", path: ["email"], code: "format", format: "email" },
        { in: "body", path: ["password"], code: "too_small", minimum: 12 },
      ],
    });
    expect(answer?.text).not.toMatch(/hunter2|nobody|tls/);
  });

  it("takes no body for an empty one where no key is required", async () => {
    const [rest, rpc, simple] = await answers(
      adapter,
      make(),
      ["/items/touch", { method: "POST" }],
      ["/rpc/items.touch", { method: "POST", headers: { "content-type": "application/json" } }],
      ["/rpc/items.touch", { method: "POST" }],
    );
    expect([rest?.json, rpc?.json]).toEqual([{ note: "none" }, { note: "none" }]);
    expect(simple?.json).toMatchObject({ status: 415 });
  });

  it("tells a missing value from a wrong one", async () => {
    const [empty, none] = await answers(
      adapter,
      make(),
      ["/items", json({ price: "1" })],
      ["/items", { method: "POST" }],
    );
    expect(empty?.json).toMatchObject({
      errors: [
        { path: ["name"], code: "missing" },
        { path: ["price"], code: "type", expected: "number" },
      ],
    });
    expect(none?.json).toMatchObject({ errors: [{ in: "body", path: [], code: "missing" }] });
  });
});

it("misses a body that may be anything, but not one that may be missing", async () => {
  const bodies = {
    anything: procedure
      .input({ value: body(z.unknown()) })
      .output(z.string())
      .mutation(({ input }) => JSON.stringify(input.value)),
    perhaps: procedure
      .input({ value: body(z.unknown().optional()) })
      .output(z.string())
      .mutation(() => "fine"),
  };
  const app = createApp({ bodies });
  const post = (path: string, init: RequestInit = {}) =>
    app.fetch(new Request(`http://x/bodies${path}`, { method: "POST", ...init }));
  const missing = await post("/anything");
  expect(missing.status).toBe(422);
  expect(await missing.json()).toMatchObject({ errors: [{ in: "body", path: [], code: "missing" }] });
  expect(await (await post("/anything", json(null))).json()).toBe("null");
  expect((await post("/perhaps")).status).toBe(200);
});

it("refuses backslashes, control characters and bytes outside ASCII in a path", async () => {
  const server = await serve(make(), { port: 0, signals: false });
  const status = async (target: string) =>
    (await sendRaw(server.url, `GET ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)).slice(
      9,
      12,
    );
  expect(await status("/items\\7")).toBe("400");
  expect(await status("/items/by-name/a\\b")).toBe("400");
  expect(await status("/\\evil.example/")).toBe("400");
  expect(await status("/items/by-name/\u00e4")).toBe("400");
  expect(await status("http://elsewhere.example/items/7")).toBe("200");
  expect(await status("//evil.example/items/")).toBe("404");
  await server.stop();
});
