import fc from "fast-check";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { SchemaObject } from "openapi3-ts/oas31";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { decodeNode } from "../wire/decode.ts";
import { encodeNode } from "../wire/encode.ts";
import { describeNode } from "./write-schema.ts";
import type { Direction, SchemaWriter } from "./writer.ts";
import { readSchema } from "../schema/read-schema.ts";

function write(schema: unknown, direction: Direction = "input"): SchemaObject {
  const writer: SchemaWriter = { direction, write: (node) => describeNode(node, writer) };
  return writer.write(readSchema(schema));
}

describe("describeNode", () => {
  it("says by its pattern what a local moment is, which no format fits", () => {
    const { format, pattern } = write(z.iso.datetime({ local: true, offset: true })) as {
      format?: string;
      pattern: string;
    };
    expect(format).toBeUndefined();
    expect(
      ["2024-02-29T12:00:00", "2024-02-29T12:00:00+01:00", "noon"].map((text) =>
        new RegExp(pattern, "u").test(text),
      ),
    ).toEqual([true, true, false]);
  });

  it.each<[string, unknown, SchemaObject]>([
    ["a safe integer without its bounds", z.int(), { type: "integer" }],
    ["the author's bounds", z.int().min(1).max(9), { type: "integer", minimum: 1, maximum: 9 }],
    ["the tightest bound", z.number().min(1).gt(3).min(2), { type: "number", exclusiveMinimum: 3 }],
    ["a format without its pattern", z.email(), { type: "string", format: "email" }],
    ["a pattern of the author's", z.string().regex(/^a+$/), { type: "string", pattern: "^a+$" }],
    ["no pattern whose flags change its meaning", z.string().regex(/^a+$/i), { type: "string" }],
    ["no pattern that Unicode mode refuses", z.string().regex(new RegExp("\\-")), { type: "string" }],
    [
      "a text that begins with something",
      z.string().startsWith("a.b"),
      { type: "string", pattern: "^a\\.b" },
    ],
    ["base64", z.base64(), { type: "string", contentEncoding: "base64" }],
    ["a nullable as a list of types", z.string().nullable(), { type: ["string", "null"] }],
    ["a nullable enum", z.enum(["a", "b"]).nullable(), { type: ["string", "null"], enum: ["a", "b", null] }],
    ["a nullable literal", z.literal(1).nullable(), { type: ["number", "null"], enum: [1, null] }],
    [
      "a nullable union",
      z.union([z.string(), z.int()]).nullable(),
      { anyOf: [{ type: "string" }, { type: "integer" }, { type: "null" }] },
    ],
    [
      "an exclusive union",
      z.xor([z.string(), z.int()]),
      { oneOf: [{ type: "string" }, { type: "integer" }] },
    ],
    ["a large literal", z.literal(5n), { type: "string", const: "5" }],
    ["anything", z.any(), {}],
    ["nothing", z.never(), { not: {} }],
    [
      "a file with one media type",
      z.file().mime("image/png"),
      { type: "string", contentMediaType: "image/png" },
    ],
    [
      "what the author says of a custom schema",
      z.custom().meta({ type: "string", description: "x", own: 1 }),
      { type: "string", description: "x" },
    ],
    [
      "a default that is made as none",
      z.date().default(() => new Date()),
      { type: "string", format: "date-time", "x-tenon-type": "Date" },
    ],
    [
      "the default of a codec in its wire form",
      z.date().default(new Date(0)),
      { type: "string", format: "date-time", "x-tenon-type": "Date", default: "1970-01-01T00:00:00.000Z" },
    ],
    [
      "examples in their wire form",
      z.set(z.int()).meta({ examples: [new Set([1])] }),
      {
        type: "array",
        items: { type: "integer" },
        "x-tenon-type": "Set",
        examples: [[1]],
      },
    ],
    [
      "what another library says itself",
      {
        "~standard": {
          version: 1,
          vendor: "x",
          validate: () => ({ value: 1 }),
          jsonSchema: { input: () => ({ $schema: "…", type: "null" }), output: () => ({}) },
        },
      },
      { type: "null" },
    ],
  ])("writes %s", (_name, schema, expected) => {
    expect(write(schema)).toEqual(expected);
  });

  it("refuses unknown keys of strict objects from callers only", () => {
    const Strict = z.strictObject({ a: z.string() });
    expect(write(Strict, "input")).toHaveProperty("additionalProperties", false);
    expect(write(Strict, "output")).not.toHaveProperty("additionalProperties");
  });

  it("lets callers leave out what has a default, and promises it to them", () => {
    const Shape = z.object({
      a: z.string().default("x"),
      b: z.string().optional(),
      c: z.string().catch("y"),
      d: z.undefined(),
    });
    expect(write(Shape, "input")).toEqual({
      type: "object",
      properties: { a: { type: "string", default: "x" }, b: { type: "string" }, c: { type: "string" } },
    });
    expect(write(Shape, "output")).toMatchObject({ required: ["a", "c"] });
  });

  it("does not promise a key whose codec may write nothing", () => {
    const Maybe = z.codec(z.string().optional(), z.string().nullable(), {
      decode: (text) => text ?? null,
      encode: (text) => text ?? undefined,
    });
    expect(write(z.object({ a: Maybe }), "output")).not.toHaveProperty("required");
  });
});

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);

/** Schemas with values that fit or nearly fit them. */
const samples: [string, z.ZodType, fc.Arbitrary<unknown>][] = [
  ["numbers", z.int().min(-3).lt(4), fc.oneof(fc.integer({ min: -6, max: 6 }), fc.double(), fc.string())],
  [
    "texts",
    z.string().min(2).max(4),
    fc.oneof(fc.string({ unit: "grapheme-ascii", maxLength: 6 }), fc.integer()),
  ],
  [
    "large integers",
    z.bigint(),
    fc.oneof(fc.bigInt().map(String), fc.constantFrom("007", "-0", "1.0", "", "x"), fc.integer()),
  ],
  ["literals", z.literal(["a", 1, null, true]), fc.constantFrom("a", "b", 1, 2, null, true, false)],
  [
    "tuples",
    z.tuple([z.string(), z.int().optional()]),
    fc.array(fc.oneof(fc.string(), fc.integer()), { maxLength: 3 }),
  ],
  [
    "tuples with a rest",
    z.tuple([z.string()], z.int()),
    fc.array(fc.oneof(fc.string(), fc.integer()), { maxLength: 3 }),
  ],
  [
    "maps",
    z.map(z.string(), z.int()),
    fc.array(fc.array(fc.oneof(fc.string(), fc.integer()), { maxLength: 3 }), { maxLength: 2 }),
  ],
  [
    "records",
    z.record(z.enum(["a", "b"]), z.int()),
    fc.dictionary(fc.constantFrom("a", "b", "c"), fc.integer()),
  ],
  [
    "partial records",
    z.partialRecord(z.enum(["a", "b"]), z.int()),
    fc.dictionary(fc.constantFrom("a", "b", "c"), fc.integer()),
  ],
  [
    "strict objects",
    z.strictObject({ a: z.int(), b: z.int().optional() }),
    fc.dictionary(fc.constantFrom("a", "b", "c"), fc.integer()),
  ],
  [
    "objects with a catchall",
    z.object({ a: z.int() }).catchall(z.boolean()),
    fc.dictionary(fc.constantFrom("a", "b"), fc.oneof(fc.integer(), fc.boolean())),
  ],
  [
    "intersections",
    z.intersection(z.strictObject({ a: z.int() }), z.strictObject({ b: z.int() })),
    fc.dictionary(fc.constantFrom("a", "b", "c"), fc.integer()),
  ],
  [
    "tagged unions",
    z.discriminatedUnion("t", [z.object({ t: z.literal("a"), n: z.int() }), z.object({ t: z.literal("b") })]),
    fc.record(
      { t: fc.constantFrom("a", "b", "c"), n: fc.oneof(fc.integer(), fc.string()) },
      { requiredKeys: [] },
    ),
  ],
  [
    "nullable unions",
    z.union([z.int(), z.null(), z.array(z.string())]),
    fc.oneof(fc.integer(), fc.constant(null), fc.array(fc.oneof(fc.string(), fc.integer()))),
  ],
];

describe("the schema and the decoder", () => {
  it.each(samples)("agree about %s", (_name, schema, values) => {
    const validate = ajv.compile(write(schema));
    const node = readSchema(schema);
    fc.assert(
      fc.property(values, (value) => {
        const json: unknown = JSON.parse(JSON.stringify(value) ?? "null");
        const decoded = decodeNode(node, json) as { ok: boolean };
        expect([json, validate(json)]).toEqual([json, decoded.ok]);
      }),
      { numRuns: Number(process.env["FUZZ_RUNS"] ?? 200) },
    );
  });

  it("agree about what the encoder writes", () => {
    const Reply = z.object({
      at: z.date(),
      big: z.bigint().default(1n),
      set: z.set(z.int()),
      link: z.instanceof(URL),
      bytes: z.instanceof(Uint8Array),
      maybe: z.string().optional(),
      map: z.map(z.string(), z.int().nullable()),
      local: z.iso.date(),
    });
    const result = encodeNode(readSchema(Reply), {
      at: new Date(1e12),
      set: new Set([1, 2]),
      link: new URL("https://example.com/a?b=c"),
      bytes: new Uint8Array([1, 2, 3]),
      map: new Map([["a", null]]),
      local: "2024-02-29",
    }) as { ok: true; value: unknown };
    const validate = ajv.compile(write(Reply, "output"));
    validate(result.value);
    expect(validate.errors).toBeNull();
  });
});
