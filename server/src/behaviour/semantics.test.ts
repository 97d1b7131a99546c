import { body, procedure, query, router } from "@tenon/core";
import type { ScalarGrammar } from "@tenon/core/wire";
import { expect, it } from "vitest";
import { z } from "zod";
import { createApp } from "../app.ts";
import type { Semantics } from "../semantics.ts";
import { answers, behindEveryAdapter, json } from "./adapters.ts";

// As lenient as some frameworks are: numbers with underscores, `t` for true, in texts and in JSON alike.
const grammar: ScalarGrammar = {
  number: () => (sent) =>
    typeof sent === "string" && /^[+-]?[\d_]+(\.\d+)?$/.test(sent) ? Number(sent.replaceAll("_", "")) : sent,
  boolean: () => (sent) => (sent === "t" || sent === 1 ? true : sent === "f" || sent === 0 ? false : sent),
};
const lenient: Partial<Semantics> = Object.freeze({
  text: {
    grammar,
    repeated: "last" as const,
    headerFields: "name" as const,
    strayHeaders: "ignore" as const,
  },
  json: grammar,
  statuses: { MALFORMED_BODY: 422, UNSUPPORTED_MEDIA_TYPE: 422 },
  envelope: {
    schema: z.object({ detail: z.string() }).meta({ id: "Failed" }),
    schemas: { INVALID_INPUT: z.object({ detail: z.array(z.unknown()) }).meta({ id: "Invalid" }) },
    map: ({ code, errors }, refused) => ({
      detail: errors ?? code,
      ...(refused?.byte === undefined ? {} : { byte: refused.byte }),
    }),
  },
});

const Item = z.object({
  price: z.number(),
  sold: z.boolean().optional(),
  parts: z.array(z.int()).default([]),
  by: z.record(z.string(), z.number()).optional(),
  only: z.literal([1, "a"]).optional(),
  shape: z
    .discriminatedUnion("kind", [z.object({ kind: z.literal("circle"), radius: z.number() })])
    .optional(),
});
const routes = {
  list: procedure
    .input({ skip: z.int().default(0), on: z.boolean().optional(), filter: query(z.object({ at: z.int() })) })
    .output(z.unknown())
    .query(({ input }) => input),
  create: procedure
    .input({ item: body(Item) })
    .output(z.unknown())
    .mutation(({ input }) => input.item),
};

behindEveryAdapter("semantics of an app", (adapter) => {
  for (const backEnd of ["generate", "close"] as const) {
    it(`read texts and JSON by the app's own grammar, and take the last of several (${backEnd})`, async () => {
      const app = createApp({ items: router(routes) }, { semantics: lenient, backEnd });
      const [texts, created] = await answers(
        adapter,
        app,
        ["/items?skip=1&skip=1_000&on=t&at=%2B3"],
        [
          "/items",
          json({
            price: "50.5",
            sold: 1,
            parts: ["1", 2],
            by: { a: "3" },
            only: "1",
            shape: { kind: "circle", radius: "2" },
          }),
        ],
      );
      expect(texts?.json).toEqual({ skip: 1000, on: true, filter: { at: 3 } });
      expect(created?.json).toEqual({
        price: 50.5,
        sold: true,
        parts: [1, 2],
        by: { a: 3 },
        only: 1,
        shape: { kind: "circle", radius: 2 },
      });
    });
  }

  it("say the status and the shape of every refusal, on the wire and in the document", async () => {
    const app = createApp({ items: router(routes) }, { semantics: lenient });
    const [wrong, broken, untyped, lacking, document] = await answers(
      adapter,
      app,
      ["/items", json({ price: "x" })],
      ["/items", { method: "POST", headers: { "content-type": "application/json" }, body: '{"a"' }],
      ["/items", { method: "POST", headers: { "content-type": "text/plain" }, body: "{}" }],
      ["/nowhere"],
      ["/openapi.json"],
    );
    expect([wrong?.status, wrong?.json]).toEqual([
      422,
      {
        detail: [
          { in: "body", path: ["price"], code: "type", message: "Expected number", expected: "number" },
        ],
      },
    ]);
    expect([broken?.status, broken?.json]).toEqual([422, { detail: "MALFORMED_BODY", byte: 4 }]);
    expect([untyped?.status, untyped?.json]).toEqual([422, { detail: "UNSUPPORTED_MEDIA_TYPE" }]);
    expect([lacking?.status, lacking?.json]).toEqual([404, { detail: "ROUTE_NOT_FOUND" }]);
    const { paths } = (document as { json: { paths: Record<string, { post: { responses: object } }> } }).json;
    // 413 stays what it is; 400 and 415 are no longer there, but for a broken query.
    expect(Object.keys(paths["/items"]?.post.responses ?? {})).toEqual([
      "201",
      "400",
      "413",
      "422",
      "500",
      "503",
    ]);
    expect(JSON.stringify(document?.json)).toContain(
      '"anyOf":[{"$ref":"#/components/schemas/Failed"},{"$ref":"#/components/schemas/Invalid"}]',
    );
  });

  it("are strict by default", async () => {
    const [texts, created, repeated] = await answers(
      adapter,
      createApp({ items: router(routes) }),
      ["/items?skip=1_000&at=1"],
      ["/items", json({ price: "50.5" })],
      ["/items?skip=1&skip=2&at=1"],
    );
    expect([texts?.status, created?.status, repeated?.status]).toEqual([422, 422, 422]);
    expect(created?.json).toMatchObject({ code: "INVALID_INPUT" });
  });
});
