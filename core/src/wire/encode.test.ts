import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { SchemaIssue, SchemaResult } from "../schema/issue.ts";
import { readSchema } from "../schema/read-schema.ts";
import { decode, encode, safeDecode, safeEncode } from "./convert.ts";
import { encodeNode } from "./encode.ts";
import { SchemaError } from "./schema-error.ts";

function issuesOf(schema: unknown, value: unknown): readonly SchemaIssue[] {
  const result = encodeNode(readSchema(schema), value) as SchemaResult;
  return result.ok ? [] : result.issues;
}

describe("encoding", () => {
  it("drops keys that the schema does not list, at every depth and however strict it is", () => {
    const schema = z.strictObject({
      id: z.int(),
      owner: z.strictObject({ name: z.string() }),
      tags: z.array(z.object({})),
    });
    const value = {
      id: 1,
      hash: "secret",
      owner: { name: "a", email: "secret" },
      tags: [{ internal: "secret" }],
    };
    expect(encode(schema, value)).toStrictEqual({ id: 1, owner: { name: "a" }, tags: [{}] });
  });

  it("writes wire types", () => {
    const schema = z.object({
      at: z.date(),
      big: z.bigint(),
      set: z.set(z.date()),
      map: z.map(z.string(), z.bigint()),
      url: z.instanceof(URL),
      bytes: z.instanceof(Uint8Array),
    });
    const value = {
      at: new Date(0),
      big: 2n ** 70n,
      set: new Set([new Date(1)]),
      map: new Map([["a", 1n]]),
      url: new URL("https://a.b"),
      bytes: new Uint8Array([1, 2, 3, 255]),
    };
    const json = encode(schema, value);
    expect(json).toStrictEqual({
      at: "1970-01-01T00:00:00.000Z",
      big: "1180591620717411303424",
      set: ["1970-01-01T00:00:00.001Z"],
      map: [["a", "1"]],
      url: "https://a.b/",
      bytes: "AQID/w==",
    });
    expect(decode(schema, json)).toEqual(value);
  });

  it("runs codecs backward and fills defaults in", () => {
    const seconds = z.codec(z.int(), z.date(), {
      decode: (value) => new Date(value * 1000),
      encode: (value) => Math.floor(value.getTime() / 1000),
    });
    const schema = z.object({
      at: seconds,
      limit: z.int().default(10),
      q: z.string().optional(),
      n: z.string().prefault("p"),
    });
    expect(encode(schema, { at: new Date(5000) })).toStrictEqual({ at: 5, limit: 10, n: "p" });
    expect(issuesOf(schema, { at: 5 })).toMatchObject([{ path: ["at"], code: "type" }]);
  });

  it("refuses what breaks the promise, and never says what it was", () => {
    const schema = z.object({ a: z.number(), b: z.string().max(2), c: z.array(z.string().optional()) });
    const issues = issuesOf(schema, { a: Number.NaN, b: "secret", c: [undefined] });
    expect(issues).toMatchObject([
      { path: ["a"], code: "not_finite" },
      { path: ["b"], code: "too_big" },
      { path: ["c", 0], code: "custom" },
    ]);
    expect(JSON.stringify(issues)).not.toContain("secret");
    expect(issuesOf(z.date(), new Date(Number.NaN))).toMatchObject([{ code: "type" }]);
    expect(issuesOf(z.date(), new Date("+010000-01-01T00:00:00Z"))).toHaveLength(1);
    expect(issuesOf(z.unknown(), { a: () => 1 })).toMatchObject([{ path: ["a"] }]);
  });

  it("refuses a one-way schema", () => {
    expect(issuesOf(z.string().transform(Number), 1)).toMatchObject([{ code: "one_way" }]);
    expect(issuesOf(z.preprocess(Number, z.number()), 1)).toMatchObject([{ code: "one_way" }]);
  });

  it("checks the server-side value, not its wire form", () => {
    const range = z
      .object({ from: z.date(), to: z.date().default(new Date(10)) })
      .refine(({ from, to }) => from < to, "order");
    expect(encode(range, { from: new Date(5) })).toEqual({
      from: new Date(5).toISOString(),
      to: new Date(10).toISOString(),
    });
    expect(issuesOf(range, { from: new Date(20) })).toMatchObject([{ message: "order" }]);
  });

  it("takes the option of a union that loses no fields", () => {
    const Dog = z.object({ name: z.string() });
    const Owner = z.object({ name: z.string(), address: z.string() });
    expect(encode(z.union([Dog, Owner]), { name: "a", address: "b" })).toEqual({ name: "a", address: "b" });
    expect(encode(z.union([Dog, Owner]), { name: "a" })).toEqual({ name: "a" });
    expect(encode(z.union([Dog.nullable(), z.lazy(() => Owner)]), { name: "a", address: "b", x: 1 })).toEqual(
      {
        name: "a",
        address: "b",
      },
    );
  });

  it("takes the option of a discriminated union by its tag, even one that a codec writes", () => {
    const tag = z.codec(z.literal("W"), z.literal("server"), {
      decode: () => "server" as const,
      encode: () => "W" as const,
    });
    const schema = z.discriminatedUnion("t", [
      z.object({ t: z.literal("a"), x: z.int() }),
      z.object({ t: tag, y: z.int() }),
    ]);
    expect(encode(schema, { t: "a", x: 1, y: 2 })).toEqual({ t: "a", x: 1 });
    expect(encode(schema, { t: "server", y: 2 })).toEqual({ t: "W", y: 2 });
    expect(decode(schema, { t: "W", y: 2 })).toEqual({ t: "server", y: 2 });
  });

  it("writes class instances by their fields and by their toJSON", () => {
    class Money {
      readonly amount = 5;
      get currency(): string {
        return "EUR";
      }
      toJSON(): unknown {
        return { amount: this.amount };
      }
    }
    expect(encode(z.object({ amount: z.int(), currency: z.string() }), new Money())).toEqual({
      amount: 5,
      currency: "EUR",
    });
    expect(encode(z.unknown(), [new Money(), new Date(0), 1n])).toEqual([
      { amount: 5 },
      "1970-01-01T00:00:00.000Z",
      "1",
    ]);
  });

  it("answers a value that contains itself with an issue", () => {
    const Tree: z.ZodType = z.object({
      get child() {
        return Tree.optional();
      },
    });
    const loop: { child?: unknown } = {};
    loop.child = loop;
    expect(issuesOf(Tree, loop)).toMatchObject([{ code: "too_deep" }]);
    expect(issuesOf(z.unknown(), loop)).toMatchObject([{ code: "too_deep" }]);
  });

  it("takes a value's catch and sorts what a check rewrote", () => {
    expect(encode(z.object({ a: z.enum(["x"]).catch("x") }), { a: "gone" })).toEqual({ a: "x" });
    const sorted = z.array(z.date()).overwrite((dates) => dates.toSorted((a, b) => Number(a) - Number(b)));
    expect(encode(sorted, [new Date(2), new Date(1)])).toEqual([
      new Date(1).toISOString(),
      new Date(2).toISOString(),
    ]);
  });
});

describe("encode and decode", () => {
  it("throw an error that lists the issues", () => {
    expect(() => decode(z.object({ a: z.int() }), { a: "x" })).toThrow(SchemaError);
    expect(() => encode(z.int(), "secret")).toThrow("Cannot encode this value: Expected integer");
  });

  it("say what to call for a schema with asynchronous parts", async () => {
    const schema = z.string().refine(async () => true);
    expect(() => decode(schema, "a")).toThrow("await safeDecode");
    expect(await safeDecode(schema, "a")).toEqual({ ok: true, value: "a" });
    expect(await safeEncode(schema, "a")).toEqual({ ok: true, value: "a" });
  });
});
