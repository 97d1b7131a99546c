import { describe, expect, it } from "vitest";
import { z } from "zod";
import * as mini from "zod/mini";
import type { SchemaNode } from "./node.ts";
import { isOptionalIn, isOptionalOut } from "./optionality.ts";
import { isSchema, readSchema } from "./read-schema.ts";
import { canBeDeep, holdsRichType, isOneWay, isRecursive } from "./trait.ts";

const codec = z.codec(z.string(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});

describe("readSchema", () => {
  it.each<[SchemaNode["kind"], z.ZodType]>([
    ["string", z.email()],
    ["number", z.int32()],
    ["boolean", z.boolean()],
    ["bigint", z.int64()],
    ["date", z.date()],
    ["null", z.null()],
    ["undefined", z.void()],
    ["unknown", z.any()],
    ["never", z.never()],
    ["literal", z.literal("a")],
    ["enum", z.enum(["a"])],
    ["object", z.object({})],
    ["array", z.array(z.any())],
    ["tuple", z.tuple([])],
    ["record", z.record(z.string(), z.any())],
    ["map", z.map(z.any(), z.any())],
    ["set", z.set(z.any())],
    ["union", z.union([z.string(), z.number()])],
    ["discriminatedUnion", z.discriminatedUnion("k", [z.object({ k: z.literal("a") })])],
    ["intersection", z.intersection(z.any(), z.any())],
    ["optional", z.string().optional()],
    ["nullable", z.string().nullable()],
    ["nonoptional", z.string().optional().nonoptional()],
    ["readonly", z.string().readonly()],
    ["lazy", z.lazy(() => z.string())],
    ["default", z.string().default("a")],
    ["prefault", z.string().prefault("a")],
    ["catch", z.string().catch("a")],
    ["codec", codec],
    ["codec", z.stringbool()],
    ["pipe", z.string().pipe(z.string())],
    ["pipe", z.string().transform(Number)],
    ["preprocess", z.preprocess(Number, z.number())],
    ["transform", z.transform(Number)],
    ["custom", z.custom<number>((value) => value === 1)],
    ["custom", z.instanceof(RegExp)],
    ["url", z.instanceof(URL)],
    [
      "url",
      z
        .instanceof(URL)
        .refine((url) => url.port === "")
        .meta({ id: "Link" }),
    ],
    ["bytes", z.instanceof(Uint8Array)],
    ["file", z.file()],
    ["file", z.instanceof(Blob)],
    ["island", z.templateLiteral(["a", z.number()])],
    ["island", z.nan()],
  ])("reads %s", (kind, schema) => {
    expect(readSchema(schema).kind).toBe(kind);
  });

  it("reads zod/mini as it reads zod", () => {
    const schema = mini.object({ a: mini.optional(mini.string().check(mini.minLength(3))) });
    const node = readSchema(schema) as SchemaNode & { kind: "object" };
    const inner = node.properties[0]?.node as SchemaNode & { kind: "optional" };
    expect([node.kind, inner.kind, inner.inner.kind]).toEqual(["object", "optional", "string"]);
    expect(inner.inner.checks[0]).toMatchObject({ kind: "min_length", limit: 3 });
  });

  it("takes any Standard Schema and refuses what is none", () => {
    const schema = { "~standard": { version: 1, vendor: "mine", validate: (value: unknown) => ({ value }) } };
    expect(readSchema(schema).kind).toBe("standard");
    expect(isSchema({})).toBe(false);
    expect(() => readSchema({})).toThrow("Expected a schema");
  });

  it("gives the same node for the same schema", () => {
    const schema = z.string();
    expect(readSchema(schema)).toBe(readSchema(schema));
  });

  it("reads a schema that names constants which do not exist yet", () => {
    const Parent: z.ZodType = z.object({
      get child() {
        return Child;
      },
    });
    const node = readSchema(Parent) as SchemaNode & { kind: "object" };
    const Child = z.string();
    expect(node.properties.map((property) => property.node.kind)).toEqual(["string"]);
  });

  it("keeps checks in zod's order, but limits before patterns between overwrites", () => {
    const node = readSchema(z.string().regex(/a/).max(5).trim().regex(/b/).length(3).refine(Boolean));
    expect(node.checks.map((check) => check.kind)).toEqual([
      "max_length",
      "pattern",
      "overwrite",
      "length",
      "pattern",
      "opaque",
    ]);
  });

  it("tells how an object treats unknown keys", () => {
    const styles = [z.object({}), z.strictObject({}), z.looseObject({}), z.object({}).catchall(z.int())];
    const read = styles.map((schema) => (readSchema(schema) as SchemaNode & { kind: "object" }).unknownKeys);
    expect(read.slice(0, 3)).toEqual(["strip", "strict", "passthrough"]);
    expect(read[3]).toMatchObject({ kind: "number" });
  });

  it("reads metadata that is registered after the schema was read", () => {
    const schema = z.string();
    const node = readSchema(schema);
    expect(node.meta).toEqual({});
    z.globalRegistry.add(schema, { id: "LateName", deprecated: true });
    expect(node.meta).toEqual({ id: "LateName", deprecated: true });
  });

  it("makes a fresh default for each request", () => {
    const node = readSchema(z.object({}).default({})) as SchemaNode & { kind: "default" };
    expect(node.makeValue()).not.toBe(node.makeValue());
  });
});

describe("traits", () => {
  const Tree: z.ZodType = z.object({
    value: z.int(),
    get children() {
      return z.array(Tree);
    },
  });

  it("end on schemas that contain themselves", () => {
    const node = readSchema(Tree);
    expect([isRecursive(node), canBeDeep(node), holdsRichType(node), isOneWay(node)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    const selfish: z.ZodType = z.lazy(() => z.array(selfish));
    expect(isRecursive(readSchema(selfish))).toBe(true);
    expect(isRecursive(readSchema(z.object({ a: Tree })))).toBe(true);
    expect(isRecursive(readSchema(z.object({ a: z.int(), b: z.array(z.int()) })))).toBe(false);
  });

  it("find rich types on the wire side only", () => {
    expect(holdsRichType(readSchema(z.object({ at: z.array(z.date()) })))).toBe(true);
    expect(holdsRichType(readSchema(codec))).toBe(false);
    expect(holdsRichType(readSchema(z.literal(1n)))).toBe(true);
  });

  it("find what cannot be encoded", () => {
    const oneWay = [
      z.string().transform(Number),
      z.preprocess(Number, z.number()),
      z.string().pipe(z.coerce.number()),
    ];
    expect(oneWay.map((schema) => isOneWay(readSchema(z.object({ a: schema }))))).toEqual([true, true, true]);
    expect(isOneWay(readSchema(codec))).toBe(false);
  });

  it("find where input may be deep without recursion", () => {
    expect(canBeDeep(readSchema(z.object({ a: z.unknown() })))).toBe(true);
    expect(canBeDeep(readSchema(z.looseObject({})))).toBe(true);
    expect(canBeDeep(readSchema(z.object({ a: z.string() })))).toBe(false);
  });
});

describe("optionality", () => {
  it.each<[string, z.ZodType, boolean, boolean]>([
    ["plain", z.string(), false, false],
    ["optional", z.string().optional(), true, true],
    ["default", z.string().default("a"), true, false],
    ["default behind optional", z.string().default("a").optional(), true, true],
    ["prefault", z.string().prefault("a"), true, false],
    ["catch", z.string().catch("a"), true, false],
    ["nullable optional", z.string().optional().nullable(), true, true],
    ["nonoptional", z.string().optional().nonoptional(), false, false],
    ["union with an optional", z.union([z.string(), z.int().optional()]), true, true],
    ["any", z.any(), false, false],
    ["void", z.void(), true, true],
    ["preprocess", z.preprocess((value) => value, z.string()), true, false],
    ["codec", codec, false, false],
  ])("of %s", (_name, schema, isIn, isOut) => {
    expect([isOptionalIn(readSchema(schema)), isOptionalOut(readSchema(schema))]).toEqual([isIn, isOut]);
  });
});
