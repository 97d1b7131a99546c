import { procedure } from "@tenon/core";
import type { OpenAPIObject } from "@tenon/core/openapi";
import { createApp } from "@tenon/server";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { emittedDocument } from "./emitted-document.ts";
import { responseValidator, validated } from "./validate-response.ts";

const items = {
  read: procedure
    .input({ id: z.int() })
    .responseHeaders({ "x-total": z.int() })
    .output({ id: z.int(), at: z.date() })
    .errors({ GONE: { status: 410, data: { since: z.date() } } })
    .query(({ ctx, input, errors }) => {
      ctx.response.headers.set("x-total", "1");
      return input.id === 0 ? errors.GONE({ since: new Date(0) }) : { id: input.id, at: new Date(0) };
    }),
  remove: procedure
    .input({ id: z.int() })
    .output(z.void())
    .mutation(() => {}),
  watch: procedure
    .route("GET /feed/{path*}")
    .input({ path: z.string() })
    .output({ n: z.int() })
    .stream(async function* () {
      yield { n: 1 };
    }),
};
const app = createApp({ items });
const document = await emittedDocument((request) => app.fetch(request));
const validate = responseValidator(document);

const JSON_TYPE = "application/json";
const PROBLEM = "application/problem+json";
const RICH = "application/vnd.tenon+json";
const plain = { id: 1, at: "2026-01-01T00:00:00.000Z" };
const gone = {
  type: "about:blank",
  title: "Gone",
  status: 410,
  code: "GONE",
  data: { since: "2026-01-01T00:00:00.000Z" },
};

/** What the validator says of a response. */
function complaints(
  address: `${string} /${string}`,
  status: number,
  type: string | undefined,
  body: unknown = "",
  headers: Record<string, string> = status === 200 ? { "x-total": "1" } : {},
): readonly string[] {
  const [method = "", target = ""] = address.split(" ");
  return validate(method, target, {
    status,
    headers: new Headers({ ...headers, ...(type === undefined ? {} : { "content-type": type }) }),
    text: typeof body === "string" ? body : JSON.stringify(body),
  });
}

describe("the validator of responses", () => {
  it("is content with what keeps to the document, at both addresses and on both wires", () => {
    const meta = { values: { at: ["Date"] }, v: 1 };
    expect(complaints("GET /items/1", 200, JSON_TYPE, plain)).toEqual([]);
    expect(complaints("GET /items/1", 200, RICH, { json: plain, meta })).toEqual([]);
    expect(complaints("POST /rpc/items.read", 200, RICH, { json: plain, meta })).toEqual([]);
    expect(complaints("GET /items/1", 410, PROBLEM, gone)).toEqual([]);
    expect(complaints("HEAD /items/1", 200, JSON_TYPE)).toEqual([]);
    expect(complaints("DELETE /items/1", 204, undefined)).toEqual([]);
    expect(
      complaints("GET /items/feed/a/b", 200, "text/event-stream; charset=utf-8", 'data: {"n":1}\n\n', {}),
    ).toEqual([]);
    expect(complaints("GET /openapi.json", 200, JSON_TYPE, {})).toEqual([]);
  });

  it.each([
    ["a status", "GET /items/1", 201, JSON_TYPE, plain, /does not document the status 201/],
    ["a media type", "GET /items/1", 200, "text/plain", "one", /not documented as text\/plain/],
    ["a body without a media type", "GET /items/1", 200, undefined, plain, /without a media type/],
    ["a wrong type", "GET /items/1", 200, JSON_TYPE, { ...plain, id: "1" }, /\/id must be integer/],
    ["a wrong format", "GET /items/1", 200, JSON_TYPE, { ...plain, at: "today" }, /\/at must match format/],
    ["a missing key", "GET /items/1", 200, JSON_TYPE, { id: 1 }, /required property 'at'/],
    ["an undocumented key", "GET /items/1", 200, JSON_TYPE, { ...plain, more: 1 }, /unevaluated/],
    ["no JSON", "GET /items/1", 200, JSON_TYPE, "{", /no JSON/],
    ["a wrong inside of the enriched form", "GET /items/1", 200, RICH, { json: { id: 1 } }, /'at'/],
    ["the enriched form without its inside", "GET /items/1", 200, RICH, {}, /'json'/],
    ["a body where none is documented", "DELETE /items/1", 204, undefined, "x", /where none may be/],
    ["a media type where no body is", "DELETE /items/1", 204, JSON_TYPE, "", /documents no body/],
    ["a body after HEAD", "HEAD /items/1", 200, JSON_TYPE, plain, /where none may be/],
    ["another code", "GET /items/1", 410, PROBLEM, { ...gone, code: "LOST" }, /\/code/],
    ["another status inside", "GET /items/1", 410, PROBLEM, { ...gone, status: 404 }, /\/status/],
    ["a failure as plain JSON", "GET /items/1", 410, JSON_TYPE, gone, /not documented as application\/json/],
    ["a wrong answer to RPC", "POST /rpc/items.read", 200, JSON_TYPE, { id: 1 }, /'at'/],
    ["success where nothing is", "GET /nothing", 200, JSON_TYPE, {}, /no operation is documented here/],
    ["a wrong problem where nothing is", "GET /nothing", 404, PROBLEM, gone, /the failure/],
    ["405 without Allow", "PUT /items/1", 405, PROBLEM, {}, /405 without Allow/],
    [
      "a wrong item of a stream",
      "GET /items/feed/a",
      200,
      "text/event-stream",
      'data: {"n":"1"}\n\n',
      /item/,
    ],
    ["a wrong line", "GET /items/feed/a", 200, "application/jsonl", '{"n":"1"}\n', /item/],
    [
      "a wrong last event",
      "GET /items/feed/a",
      200,
      "text/event-stream",
      "event: error\ndata: {}\n\n",
      /last/,
    ],
  ] as const)("complains of %s", (_what, address, status, type, body, sentence) => {
    expect(complaints(address, status, type, body).join("\n")).toMatch(sentence);
  });

  it("complains of a header that is not documented", () => {
    expect(complaints("GET /items/1", 200, JSON_TYPE, plain, { "x-total": "1", "x-more": "1" })).toEqual([
      "the header x-more is not documented",
    ]);
  });

  it("complains of a documented header that is missing or does not fit", () => {
    expect(complaints("GET /items/1", 200, JSON_TYPE, plain, {})).toEqual(["the header x-total is missing"]);
    expect(complaints("GET /items/1", 200, JSON_TYPE, plain, { "x-total": "many" })).toEqual([
      "the header x-total does not fit its schema: many",
    ]);
  });

  it("takes the refusal of a flat input at the canonical address only", () => {
    const refusal = { type: "about:blank", title: "Too large", status: 413, code: "TOO_LARGE" };
    expect(complaints("POST /rpc/items.read", 413, PROBLEM, refusal)).toEqual([]);
    expect(complaints("GET /items/1", 413, PROBLEM, refusal)).not.toEqual([]);
    expect(complaints("POST /rpc/items.read", 413, PROBLEM, { ...refusal, status: 400 })).not.toEqual([]);
  });
});

describe("a validated fetch", () => {
  it("passes what is documented on", async () => {
    const fetch = validated((request) => app.fetch(request), document);
    const response = await fetch(new Request("http://host/items/7"));
    expect(await response.json()).toEqual({ id: 7, at: "1970-01-01T00:00:00.000Z" });
  });

  it("fails where the wire is not what the document says", async () => {
    const lying = JSON.parse(JSON.stringify(document).replaceAll('"date-time"', '"date"')) as OpenAPIObject;
    const fetch = validated((request) => app.fetch(request), lying);
    await expect(fetch(new Request("http://host/items/7"))).rejects.toThrow(
      "GET /items/7 → 200: the body as",
    );
  });
});
