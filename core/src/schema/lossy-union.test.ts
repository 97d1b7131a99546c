import { describe, expect, it } from "vitest";
import { z } from "zod";
import { encodeNode } from "../wire/encode.ts";
import { findLossyUnion } from "./lossy-union.ts";
import { readSchema } from "./read-schema.ts";

const Dog = z.object({ name: z.string() });
const Owner = z.object({ name: z.string(), address: z.string() });
const isLossy = (schema: unknown): boolean => findLossyUnion(readSchema(schema)) !== undefined;
const sent = (schema: unknown, value: unknown): unknown => {
  const result = encodeNode(readSchema(schema), value);
  return result instanceof Promise || !result.ok ? undefined : result.value;
};

describe("a union in an output", () => {
  it("goes out by the option that keeps most, whichever comes first", () => {
    const owner = { name: "Ann", address: "Here" };
    for (const schema of [z.union([Dog, Owner]), z.union([Owner, Dog])]) {
      expect(isLossy(schema)).toBe(false);
      expect(sent(schema, owner)).toEqual(owner);
      expect(sent(schema, { name: "Rex" })).toEqual({ name: "Rex" });
    }
    expect(sent(z.array(z.union([Dog, Owner])), [owner])).toEqual([owner]);
  });

  it("goes out by the option that keeps most, though others are unions themselves", () => {
    const owner = { name: "Ann", address: "Here" };
    const Named = z.union([Dog, z.string()]);
    const Placed = z.object({ address: z.string() });
    for (const schema of [
      z.union([Named, Owner]),
      z.union([Named.nullable(), Owner]),
      z.union([z.lazy(() => Named), z.union([z.int(), Owner])]),
      z.union([z.union([Dog, Placed]), Owner]),
      z.union([z.union([Dog, z.object({ name: z.string(), address: z.int() })]), Owner]),
    ]) {
      expect(isLossy(schema)).toBe(false);
      expect(sent(schema, owner)).toEqual(owner);
    }
  });

  // What is found here is what would really be lost: the value is sent by the first option.
  const values = { list: [{ name: "Ann", address: "Here" }], deep: { a: { name: "Ann", address: "Here" } } };
  it.each<[string, z.ZodType, unknown]>([
    ["lists of poorer and richer objects", z.union([z.array(Dog), z.array(Owner)]), values.list],
    ["objects that differ below", z.union([z.object({ a: Dog }), z.object({ a: Owner })]), values.deep],
    ["records", z.union([z.record(z.string(), Dog), z.record(z.string(), Owner)]), values.deep],
    ["tuples", z.union([z.tuple([Dog]), z.tuple([Owner])]), values.list],
    [
      "unions in unions",
      z.union([z.array(z.union([Dog, z.string()])), z.array(z.union([Owner, z.int()]))]),
      values.list,
    ],
    [
      "optional and nullable parts",
      z.union([z.object({ a: Dog.nullish() }), z.object({ a: Owner.optional() })]),
      values.deep,
    ],
    [
      "lists below",
      z.union([z.object({ a: z.array(Dog) }), z.object({ a: z.array(Owner) })]),
      { a: values.list },
    ],
    [
      "closed and open objects",
      z.union([z.array(Dog), z.array(z.looseObject({ name: z.string() }))]),
      values.list,
    ],
  ])("is found where it would lose fields: %s", (_name, schema, value) => {
    expect(isLossy(schema)).toBe(true);
    expect(isLossy(z.object({ in: z.array(schema) }))).toBe(true);
    expect(JSON.stringify(sent(schema, value))).not.toContain("address");
  });

  it.each<[string, z.ZodType]>([
    ["scalars", z.union([z.string(), z.int(), z.null()])],
    ["an object and a list of it", z.union([Owner, z.array(Owner)])],
    ["the same schema in both", z.union([z.object({ a: Owner }), z.object({ a: Owner, b: z.string() })])],
    ["alike parts", z.union([z.array(z.object({ a: z.string() })), z.array(z.object({ a: z.int() }))])],
    [
      "options that a literal tells apart",
      z.union([
        z.object({ kind: z.literal("dog"), a: Dog }),
        z.object({ kind: z.enum(["owner", "vet"]), a: Owner }),
      ]),
    ],
    [
      "options that a type tells apart",
      z.union([z.object({ id: z.string(), a: Dog }), z.object({ id: z.int(), a: Owner })]),
    ],
    [
      "lists of objects that are told apart",
      z.union([
        z.array(z.object({ kind: z.literal("dog"), name: z.string() })),
        z.array(z.object({ kind: z.literal("owner"), address: z.string() })),
      ]),
    ],
    [
      "discriminated unions",
      z.discriminatedUnion("kind", [
        z.object({ kind: z.literal("dog"), a: Dog }),
        z.object({ kind: z.literal("owner"), a: Owner }),
      ]),
    ],
  ])("passes where nothing can be lost: %s", (_name, schema) => {
    expect(isLossy(schema)).toBe(false);
  });

  it("is told apart by no key that both may leave out, or that both may have null in", () => {
    const of = (kind: (name: "dog" | "owner") => z.ZodType) =>
      z.union([z.object({ kind: kind("dog"), a: Dog }), z.object({ kind: kind("owner"), a: Owner })]);
    expect(isLossy(of((name) => z.literal(name).optional()))).toBe(true);
    expect(isLossy(of((name) => z.literal(name).nullable()))).toBe(true);
    expect(isLossy(of((name) => z.literal(name)))).toBe(false);
  });

  it("ends where schemas contain themselves", () => {
    const Poor = z.object({
      name: z.string(),
      get next() {
        return Poor.optional();
      },
    });
    const Rich = z.object({
      name: z.string(),
      get next() {
        return z.union([Poor, Rich]).optional();
      },
    });
    expect(isLossy(z.union([Poor, Rich]))).toBe(false);
    const Other = z.object({
      name: z.string(),
      more: z.string().optional(),
      get next() {
        return Other.optional();
      },
    });
    expect(isLossy(z.union([Poor, Other]))).toBe(true);
  });
});
