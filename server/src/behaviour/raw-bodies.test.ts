import { body, procedure, query, router } from "@tenon/core";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createApp } from "../app.ts";
import { answers, behindEveryAdapter, json } from "./adapters.ts";

const Item = z.object({ name: z.string().min(2), count: z.int().default(1) });
/** `name: x` lines, as a format of one's own. */
const parse = (text: string): unknown => {
  const entries = text.split("\n").map((line) => {
    const [key, value] = line.split(": ");
    if (key === undefined || value === undefined) {
      throw new Error(`secret ${line}`);
    }
    return [key, /^\d+$/.test(value) ? Number(value) : value];
  });
  return Object.fromEntries(entries);
};
let pulled = 0;
const bodies = {
  lines: procedure
    .input({ dry: query(z.boolean().default(false)), item: body(Item, { types: ["text/x-lines"], parse }) })
    .output(z.unknown())
    .mutation(({ input }) => input),
  later: procedure
    .input({ item: body(Item.optional(), { types: ["text/x-lines"], parse: async (text) => parse(text) }) })
    .output(z.unknown())
    .mutation(({ input }) => input),
  merge: procedure
    .route("PATCH /merge")
    .input({ item: body(Item, { types: ["application/merge-patch+json", "application/json"] }) })
    .output(z.unknown())
    .mutation(({ input }) => input),
  text: procedure
    .input({ text: body.text({ types: ["text/plain", "text/csv"], maxBytes: 20 }) })
    .output(z.unknown())
    .mutation(({ input }) => input),
  bytes: procedure
    .input({ data: body.bytes({ types: ["image/*"] }) })
    .output(z.unknown())
    .mutation(({ input: { data } }) => ({ isBytes: data instanceof Uint8Array, bytes: [...data] })),
  arriving: procedure
    .input({ name: query(z.string().default("")), data: body.stream({ maxBytes: 3_000_000 }) })
    .output(z.unknown())
    .mutation(async ({ input: { name, data } }) => {
      let size = 0;
      for await (const chunk of data) {
        size += chunk.byteLength;
      }
      return { name, size, type: data.type };
    }),
  unread: procedure
    .input({ data: body.stream() })
    .output(z.string())
    .mutation(() => "no thanks"),
  count: procedure.output(z.int()).query(() => pulled),
};
const make = () => createApp({ bodies: router(bodies) });
const send = (type: string | undefined, content: BodyInit | null, method = "POST"): RequestInit => ({
  method,
  headers: type === undefined ? {} : { "content-type": type },
  body: content,
});
const bytes = (...values: number[]): BodyInit => new Uint8Array(values);

behindEveryAdapter("a body that is no JSON", (adapter) => {
  it("is read by the parser of its type, then as JSON would be", async () => {
    const replies = await answers(
      adapter,
      make(),
      ["/bodies/lines?dry=true", send("text/x-lines; charset=UTF-8", "name: Tea\ncount: 3")],
      ["/bodies/lines", send("text/x-lines", "name: T\ncount: x")],
      ["/bodies/lines", send("text/x-lines", "nothing")],
      ["/bodies/lines", send("application/json", '{"name":"Tea"}')],
      ["/bodies/lines", send("text/x-lines; charset=latin1", "name: Tea")],
      ["/bodies/lines?dry=x", { method: "POST" }],
      ["/bodies/later", send("text/x-lines", "name: Tea")],
      ["/bodies/later", send("text/x-lines", "nothing")],
      ["/bodies/later", { method: "POST" }],
      ["/rpc/bodies.lines", json({ item: { name: "Tea" } })],
    );
    expect(replies.map(({ status }) => status)).toEqual([200, 422, 400, 415, 415, 422, 200, 400, 200, 200]);
    expect(replies[0]?.json).toEqual({ dry: true, item: { name: "Tea", count: 3 } });
    expect(replies[1]?.json).toMatchObject({
      errors: [
        { in: "body", path: ["name"], code: "too_small" },
        { in: "body", path: ["count"], code: "type" },
      ],
    });
    expect(replies[2]?.json).toMatchObject({
      code: "MALFORMED_BODY",
      detail: "the body is no valid text/x-lines",
    });
    expect(replies[2]?.text).not.toContain("secret");
    expect(replies[3]?.headers.get("accept-post")).toBe("text/x-lines");
    expect(replies[5]?.json).toMatchObject({
      errors: [
        { in: "query", path: ["dry"], code: "type" },
        { in: "body", path: [], code: "missing" },
      ],
    });
    expect(replies[6]?.json).toEqual({ item: { name: "Tea", count: 1 } });
    expect(replies[8]?.json).toEqual({});
    expect(replies[9]?.json).toEqual({ dry: false, item: { name: "Tea", count: 1 } });
  });

  it("is JSON under other names, where all of them are JSON", async () => {
    const [merge, plain, wrong, broken] = await answers(
      adapter,
      make(),
      ["/bodies/merge", send("application/merge-patch+json", '{"name":"Tea"}', "PATCH")],
      ["/bodies/merge", send("application/json", '{"name":"Tea"}', "PATCH")],
      ["/bodies/merge", send("application/geo+json", "{}", "PATCH")],
      ["/bodies/merge", send("application/json", '{"name"', "PATCH")],
    );
    expect([merge?.json, plain?.json]).toEqual([
      { item: { name: "Tea", count: 1 } },
      { item: { name: "Tea", count: 1 } },
    ]);
    expect(wrong?.headers.get("accept-post")).toBe("application/merge-patch+json, application/json");
    expect([wrong?.status, broken?.status]).toEqual([415, 400]);
    expect(broken?.json).toMatchObject({ detail: "the body is no valid JSON from byte 7 on" });
  });

  it("is no text while it is compressed, but bytes as they came", async () => {
    const coded = (type: string) => ({
      ...send(type, "x"),
      headers: { "content-type": type, "content-encoding": "gzip" },
    });
    const [text, lines, bytes] = await answers(
      adapter,
      make(),
      ["/bodies/text", coded("text/plain")],
      ["/bodies/lines", coded("text/x-lines")],
      ["/bodies/bytes", coded("image/png")],
    );
    expect([text?.status, lines?.status, bytes?.status]).toEqual([415, 415, 200]);
  });

  it("is a text in UTF-8, within its limit", async () => {
    const replies = await answers(
      adapter,
      make(),
      ["/bodies/text", send("text/csv", "ä,b")],
      ["/bodies/text", send("text/plain", "")],
      ["/bodies/text", send("text/plain", bytes(0xff))],
      ["/bodies/text", send("text/plain", "x".repeat(21))],
      ["/bodies/text", send("text/html", "x")],
      ["/bodies/text", { method: "POST" }],
      ["/rpc/bodies.text", json({ text: "over the wire" })],
    );
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 400, 413, 415, 422, 200]);
    expect([replies[0]?.json, replies[1]?.json, replies[6]?.json]).toEqual([
      { text: "ä,b" },
      { text: "" },
      { text: "over the wire" },
    ]);
  });

  it("is bytes as they are, base64 in JSON at the canonical address", async () => {
    const replies = await answers(
      adapter,
      make(),
      ["/bodies/bytes", send("image/png", bytes(0, 255, 10))],
      ["/bodies/bytes", send("text/plain", "x")],
      ["/rpc/bodies.bytes", json({ data: "AP8K" })],
    );
    expect(replies.map(({ status }) => status)).toEqual([200, 415, 200]);
    expect([replies[0]?.json, replies[2]?.json]).toEqual([
      { isBytes: true, bytes: [0, 255, 10] },
      { isBytes: true, bytes: [0, 255, 10] },
    ]);
  });

  it("arrives while the handler reads it, within its limit", async () => {
    const octets = "application/octet-stream";
    const form = new FormData();
    form.append("name", "n");
    form.append("data", new Blob([new Uint8Array(5)]));
    const replies = await answers(
      adapter,
      make(),
      ["/bodies/arriving?name=n", send(octets, new Uint8Array(2_000_000))],
      ["/bodies/arriving", send(octets, new Uint8Array(3_000_001))],
      ["/bodies/arriving", { method: "POST" }],
      ["/bodies/arriving", send("text/plain", "x")],
      ["/bodies/unread", send(octets, new Uint8Array(100_000))],
      ["/rpc/bodies.arriving", { method: "POST", headers: { "tenon-rpc": "1" }, body: form }],
    );
    expect(replies.map(({ status }) => status)).toEqual([200, 413, 422, 415, 200, 200]);
    expect(replies[0]?.json).toEqual({ name: "n", size: 2_000_000, type: octets });
    expect(replies[5]?.json).toMatchObject({ name: "n", size: 5 });
  });

  it("is pulled no faster than the handler reads", async () => {
    pulled = 0;
    const app = createApp({
      slow: router({
        take: procedure
          .input({ data: body.stream({ maxBytes: 100_000_000 }) })
          .output(z.int())
          .mutation(async ({ input: { data } }) => {
            for await (const _chunk of data) {
              return pulled;
            }
            return -1;
          }),
      }),
    });
    const source = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          pulled++;
          controller.enqueue(new Uint8Array(65_536));
          if (pulled === 1000) {
            controller.close();
          }
        },
      },
      { highWaterMark: 0 },
    );
    const init = { ...send("application/octet-stream", source), duplex: "half" };
    const response = await app.fetch(new Request("http://localhost/slow/take", init));
    expect(await response.json()).toBeLessThan(5);
    await app.stop();
  });

  it("is in the document with its types, and with what the typed client has in its place", async () => {
    const [document] = await answers(adapter, make(), ["/openapi.json"]);
    const { paths } = (document as { json: unknown }).json as {
      paths: Record<string, Record<string, { requestBody: unknown }>>;
    };
    expect(paths["/bodies/text"]?.["post"]?.requestBody).toEqual({
      required: true,
      content: {
        "text/plain": { schema: { type: "string", maxLength: 20 } },
        "text/csv": { schema: { type: "string", maxLength: 20 } },
      },
      "x-tenon-key": "text",
    });
    expect(paths["/bodies/bytes"]?.["post"]?.requestBody).toMatchObject({
      content: {
        "image/*": { schema: { contentMediaType: "application/octet-stream", "x-tenon-type": "Uint8Array" } },
      },
    });
    expect(paths["/bodies/later"]?.["post"]?.requestBody).not.toHaveProperty("required");
  });
});

describe("a body in a type of one's own", () => {
  const define = (field: object): unknown =>
    createApp({
      a: router({
        b: procedure
          .input({ c: field } as { c: z.ZodString })
          .output(z.void())
          .mutation(() => {}),
      }),
    });

  it("needs a parser, and types that are types", () => {
    expect(() => define(body(Item, { types: ["application/yaml"] }))).toThrow(
      /TENON1030: .*say how with \{ parse/,
    );
    expect(() => define(body(Item, { types: ["yaml"], parse }))).toThrow(/'yaml', which is no media type/);
    expect(() => define(body.text({ types: [] }))).toThrow(/TENON1030/);
  });
});
