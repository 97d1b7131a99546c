import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import * as mini from "zod/mini";
import type { SchemaIssue, SchemaResult } from "../schema/issue.ts";
import { readSchema } from "../schema/read-schema.ts";
import { type DecodeOptions, decodeNode } from "./decode.ts";

function decode(schema: unknown, json: unknown, options?: DecodeOptions): SchemaResult {
  return decodeNode(readSchema(schema), json, options) as SchemaResult;
}

function issuesOf(schema: unknown, json: unknown): readonly SchemaIssue[] {
  const result = decode(schema, json);
  return result.ok ? [] : result.issues;
}

function valueOf(schema: unknown, json: unknown): unknown {
  const result = decode(schema, json);
  expect(result).toMatchObject({ ok: true });
  return result.ok ? result.value : undefined;
}

describe("decoding wire types", () => {
  it("reads RFC 3339 with any offset into a Date", () => {
    expect(valueOf(z.date(), "2026-02-28T23:30:00+01:00")).toEqual(new Date("2026-02-28T22:30:00Z"));
    expect(valueOf(z.date(), "2024-02-29T00:00:00Z")).toEqual(new Date("2024-02-29"));
  });

  it.each([
    "2026-02-29T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-01-01",
    "2026-01-01T00:00:00",
    "x",
    "2026-01-01T24:00:00Z",
  ])("refuses the date %s", (text) => {
    expect(issuesOf(z.date(), text)).toMatchObject([{ code: "format", format: "date-time", path: [] }]);
  });

  it("takes no number for a date and no number for a bigint", () => {
    expect(issuesOf(z.date(), 0)).toMatchObject([{ code: "type" }]);
    expect(issuesOf(z.bigint(), 5)).toMatchObject([{ code: "type" }]);
  });

  it("runs a date's own checks on the Date", () => {
    const issues = issuesOf(z.date().min(new Date("2026-01-01T00:00:00Z")), "2025-01-01T00:00:00Z");
    expect(issues).toMatchObject([{ code: "too_small", minimum: "2026-01-01T00:00:00.000Z" }]);
  });

  it("reads bigint, set, map, URL and bytes", () => {
    expect(valueOf(z.bigint(), "-12345678901234567890")).toBe(-12345678901234567890n);
    expect(valueOf(z.set(z.string()), ["a", "b", "a"])).toEqual(new Set(["a", "b"]));
    expect(valueOf(z.map(z.string(), z.date()), [["a", "1970-01-01T00:00:00Z"]])).toEqual(
      new Map([["a", new Date(0)]]),
    );
    expect(valueOf(z.instanceof(URL), "https://a.b/c")).toEqual(new URL("https://a.b/c"));
    expect(valueOf(z.instanceof(Uint8Array), "AQID/w==")).toEqual(new Uint8Array([1, 2, 3, 255]));
  });

  it.each(["AQI", "AQ=A", "A===", "AQ ID", "-_==", "AQID\n"])("refuses %j as base64", (text) => {
    expect(issuesOf(z.instanceof(Uint8Array), text)).toMatchObject([{ code: "format", format: "base64" }]);
  });

  it("refuses a map's key that comes twice", () => {
    expect(
      issuesOf(z.map(z.string(), z.int()), [
        ["a", 1],
        ["a", 2],
      ]),
    ).toMatchObject([{ code: "duplicate", path: [1, 0] }]);
  });

  it("decodes a codec by its wire side and lets zod judge the server side", () => {
    const schema = z.codec(z.string(), z.int().min(3), { decode: Number, encode: String });
    expect(valueOf(schema, "7")).toBe(7);
    expect(issuesOf(schema, 7)).toMatchObject([{ code: "type", expected: "string" }]);
    expect(issuesOf(schema, "2")).toMatchObject([{ code: "too_small", minimum: 3 }]);
  });

  it("hands over the issues that a codec adds", () => {
    expect(issuesOf(z.stringbool(), "maybe")).toMatchObject([{ code: "value" }]);
  });
});

describe("issues", () => {
  it("tells a missing value from one of the wrong type", () => {
    const schema = z.object({ a: z.string(), b: z.string() });
    expect(issuesOf(schema, { b: 1 })).toMatchObject([
      { code: "missing", path: ["a"] },
      { code: "type", path: ["b"], expected: "string" },
    ]);
  });

  it("are one per unknown key, at that key", () => {
    expect(issuesOf(z.strictObject({ a: z.int() }), { a: 1, b: 2, c: 3 })).toMatchObject([
      { code: "unknown_key", path: ["b"] },
      { code: "unknown_key", path: ["c"] },
    ]);
  });

  it("of a union name their branch", () => {
    const schema = z.object({
      pet: z.union([z.object({ meow: z.string() }).meta({ id: "BranchCat" }), z.object({ bark: z.int() })]),
    });
    expect(issuesOf(schema, { pet: { meow: 1 } })).toMatchObject([
      { code: "type", path: ["pet", "meow"], branch: "BranchCat" },
      { code: "missing", path: ["pet", "bark"], branch: "1" },
    ]);
  });

  it("of a discriminator list the tags", () => {
    const schema = z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("cat") }),
      z.object({ kind: z.enum(["dog", "wolf"]) }),
    ]);
    const miss = {
      code: "discriminator",
      path: ["kind"],
      discriminator: "kind",
      options: ["cat", "dog", "wolf"],
    };
    expect(issuesOf(schema, { kind: "cow" })).toMatchObject([miss]);
    expect(issuesOf(schema, {})).toMatchObject([miss]);
  });

  it("carry the values of their constraints", () => {
    const schema = z.object({
      a: z.string().max(2),
      b: z.number().gt(5),
      c: z.number().multipleOf(3),
      d: z.string().regex(/^x$/),
      e: z.email(),
      f: z.enum(["p", "q"]),
      g: z.bigint().max(9n),
      h: z.record(z.string().regex(/^k/), z.int()),
    });
    const json = { a: "abc", b: 5, c: 4, d: "y", e: "e", f: "r", g: "10", h: { x: 1 } };
    expect(issuesOf(schema, json)).toMatchObject([
      { path: ["a"], code: "too_big", maximum: 2 },
      { path: ["b"], code: "too_small", minimum: 5, exclusive: true },
      { path: ["c"], code: "not_multiple_of", multipleOf: 3 },
      { path: ["d"], code: "pattern", pattern: "/^x$/" },
      { path: ["e"], code: "format", format: "email" },
      { path: ["f"], code: "value", values: ["p", "q"] },
      { path: ["g"], code: "too_big", maximum: "9" },
      { path: ["h", "x"], code: "invalid_key" },
    ]);
  });

  it("never echo what was received", () => {
    const schema = z.strictObject({
      password: z.string().max(3),
      pin: z.int(),
      at: z.date(),
      u: z.union([z.int(), z.null()]),
    });
    const text = JSON.stringify(
      issuesOf(schema, { password: "hunter2secret", pin: "hunter2", at: "hunter2", u: "hunter2" }),
    );
    expect(text).not.toContain("hunter2");
  });

  it("keep the author's messages and paths", () => {
    const schema = z
      .object({ a: z.string("an a, please").min(2, { error: "longer" }), b: z.int().optional() })
      .refine((value) => value.a !== "bb", { error: "not bb", path: ["a"] });
    expect(issuesOf(schema, { a: 1 })).toMatchObject([{ code: "type", message: "an a, please" }]);
    expect(issuesOf(schema, {})).toMatchObject([{ code: "missing", message: "an a, please" }]);
    expect(issuesOf(schema, { a: "x" })[0]).toMatchObject({
      code: "too_small",
      message: "longer",
      minimum: 2,
    });
    expect(issuesOf(schema, { a: "bb" })).toMatchObject([{ code: "custom", message: "not bb", path: ["a"] }]);
  });

  it("speak even where zod/mini has no words", () => {
    const [issue] = issuesOf(mini.object({ a: mini.int() }), { a: "x" });
    expect(issue).toMatchObject({ code: "type", expected: "integer", message: "Expected integer" });
  });

  it("call an endless number by its name", () => {
    expect(issuesOf(z.number(), JSON.parse("1e999"))).toMatchObject([{ code: "not_finite" }]);
  });
});

describe("refinements", () => {
  it("of an object run only when its parts are of their types", () => {
    let runs = 0;
    const schema = z.object({ a: z.int() }).refine(() => ++runs > 0);
    decode(schema, { a: "x" });
    expect(runs).toBe(0);
    decode(schema, { a: 1 });
    expect(runs).toBe(1);
  });

  it("stop after one that aborts, and follow their own `when`", () => {
    const schema = z
      .string()
      .refine(() => false, { error: "first", abort: true })
      .refine(() => false, { error: "second" });
    expect(issuesOf(schema, "a")).toMatchObject([{ message: "first" }]);
    const always = z
      .object({ a: z.int(), b: z.int() })
      .refine(() => false, { error: "even so", when: () => true });
    expect(issuesOf(always, { a: "x", b: 1 }).map((issue) => issue.message)).toContain("even so");
  });

  it("see what an overwrite before them made", () => {
    expect(valueOf(z.string().trim().min(1).toLowerCase(), " A ")).toBe("a");
    expect(issuesOf(z.string().trim().min(1), "  ")).toMatchObject([{ code: "too_small" }]);
  });

  it("may be asynchronous, and only then is the answer a promise", async () => {
    const schema = z.object({ name: z.string().refine(async (name) => name !== "taken", "taken") });
    const refused = decodeNode(readSchema(schema), { name: "taken" });
    expect(refused).toBeInstanceOf(Promise);
    expect(await refused).toMatchObject({ ok: false, issues: [{ path: ["name"], message: "taken" }] });
    expect(await decodeNode(readSchema(schema), { name: "free" })).toEqual({
      ok: true,
      value: { name: "free" },
    });
    expect(decodeNode(readSchema(schema), { name: 1 })).not.toBeInstanceOf(Promise);
  });

  it("may be asynchronous behind a transform, a codec and a union", async () => {
    const later = z.string().transform(async (text) => text.length);
    expect(await decodeNode(readSchema(later), "abc")).toEqual({ ok: true, value: 3 });
    const union = z.union([z.int(), z.string().refine(async (text) => text === "x", "no")]);
    expect(await decodeNode(readSchema(union), "x")).toEqual({ ok: true, value: "x" });
    expect(await decodeNode(readSchema(union), "y")).toMatchObject({ ok: false });
  });
});

describe("absence", () => {
  it("is filled by defaults, left alone by optionals and told apart from null", () => {
    const schema = z.object({
      a: z.int().default(5),
      b: z.string().optional(),
      c: z.string().nullable().optional(),
    });
    expect(valueOf(schema, {})).toStrictEqual({ a: 5 });
    expect(valueOf(schema, { c: null })).toStrictEqual({ a: 5, c: null });
  });

  it("is filled by a prefault that is validated, and by a catch", () => {
    expect(valueOf(z.object({ at: z.date().prefault(new Date(5)) }), {})).toEqual({ at: new Date(5) });
    expect(issuesOf(z.object({ a: z.string().min(9).prefault("short") }), {})).toMatchObject([
      { code: "too_small" },
    ]);
    expect(valueOf(z.object({ a: z.int().catch(7) }), { a: "x" })).toEqual({ a: 7 });
  });
});

describe("hostile input", () => {
  it("never reaches a prototype through a record, a loose object or an undescribed value", () => {
    const json: unknown = JSON.parse('{"__proto__": {"admin": true}, "a": 1}');
    expect(issuesOf(z.record(z.string(), z.unknown()), json)).toMatchObject([
      { code: "forbidden_key", path: ["__proto__"] },
    ]);
    expect(issuesOf(z.looseObject({}), json)).toMatchObject([{ code: "forbidden_key" }]);
    expect(issuesOf(z.object({}).catchall(z.unknown()), json)).toMatchObject([{ code: "forbidden_key" }]);
    expect(issuesOf(z.unknown(), [json])).toMatchObject([{ code: "forbidden_key", path: [0, "__proto__"] }]);
    const infinite: unknown = JSON.parse('{"a":[1,1e400]}');
    expect(issuesOf(z.unknown(), infinite)).toMatchObject([{ code: "not_finite", path: ["a", 1] }]);
    expect(issuesOf(z.looseObject({}), infinite)).toMatchObject([{ code: "not_finite", path: ["a", 1] }]);
    expect(issuesOf(z.unknown(), JSON.parse("-1e400"))).toMatchObject([{ code: "not_finite", path: [] }]);
    expect(issuesOf(z.strictObject({ a: z.int() }), json)).toMatchObject([
      { code: "unknown_key", path: ["__proto__"] },
    ]);
    expect(valueOf(z.object({ a: z.int() }), json)).toStrictEqual({ a: 1 });
  });

  it("finds no value in what every object inherits", () => {
    const schema = z.object({ toString: z.string().optional(), constructor: z.unknown().optional() });
    expect(valueOf(schema, {})).toStrictEqual({});
  });

  it("of 200,000 bad items costs no more than the limit", () => {
    let looks = 0;
    const items = new Proxy(
      Array.from({ length: 200_000 }, () => "x"),
      {
        get(target, key, receiver) {
          looks += typeof key === "string" && /^\d+$/.test(key) ? 1 : 0;
          return Reflect.get(target, key, receiver) as unknown;
        },
      },
    );
    const result = decode(z.object({ items: z.array(z.int()) }), { items });
    expect(looks).toBeLessThan(200);
    expect(result).toMatchObject({ ok: false, truncated: true });
    expect(result.ok ? 0 : result.issues.length).toBe(50);
  });

  it("of 200,000 bad items costs little even where one check complains about each", () => {
    const schema = z.array(z.int()).superRefine((items, context) => {
      for (const index of items.keys()) {
        context.addIssue({ code: "custom", message: "bad", path: [index] });
      }
    });
    expect(
      decode(
        schema,
        Array.from({ length: 200_000 }, () => 1),
      ),
    ).toMatchObject({ ok: false, truncated: true });
  });

  it("of 200,000 bad keys costs no more than the limit", () => {
    let looks = 0;
    const json = new Proxy(
      Object.fromEntries(Array.from({ length: 200_000 }, (_, index) => [`k${index}`, "x"])),
      {
        get(target, key, receiver) {
          looks += 1;
          return Reflect.get(target, key, receiver) as unknown;
        },
      },
    );
    const schemas = [z.strictObject({}), z.record(z.string(), z.int()), z.object({}).catchall(z.int())];
    for (const schema of schemas) {
      looks = 0;
      expect(decode(schema, json)).toMatchObject({ ok: false, truncated: true });
      expect(looks).toBeLessThan(200);
    }
  });

  it("that is 100,000 levels deep is refused at the limit", () => {
    const json: unknown = JSON.parse("[".repeat(100_000) + "]".repeat(100_000));
    const Deep: z.ZodType = z.lazy(() => z.array(Deep));
    const [issue] = issuesOf(Deep, json);
    expect(issue).toMatchObject({ code: "too_deep" });
    expect(issue?.path).toHaveLength(64);
    expect(issuesOf(z.unknown(), json)).toMatchObject([{ code: "too_deep" }]);
    expect(issuesOf(z.custom(), json)).toMatchObject([{ code: "too_deep" }]);
    expect(decode(Deep, [[[]]], { depthLimit: 2 })).toMatchObject({ ok: false });
    expect(decode(Deep, [[[]]], { depthLimit: 3 })).toMatchObject({ ok: true });
  });

  it("does not reach a slow pattern past a limit on its length", () => {
    let seen = 0;
    const schema = z
      .string()
      .refine((text) => ++seen > 0 && text.length > 0)
      .regex(/^(a+)+$/)
      .max(20);
    let tried = 0;
    const pattern = /^(a+)+$/;
    pattern.test = () => ++tried > 0;
    const own = z.string().regex(pattern).max(20);
    expect(issuesOf(schema, `${"a".repeat(100_000)}!`)).toMatchObject([{ code: "too_big", maximum: 20 }]);
    expect(issuesOf(own, "a".repeat(100_000))).toMatchObject([{ code: "too_big", maximum: 20 }]);
    expect([seen, tried]).toEqual([0, 0]);
    expect(issuesOf(own, "a")).toEqual([]);
    expect(tried).toBe(1);
  });

  it("does not look into a list that is over its limit", () => {
    let seen = 0;
    const schema = z.array(z.int().refine(() => ++seen > 0)).max(3);
    expect(issuesOf(schema, [1, 2, 3, 4])).toMatchObject([{ code: "too_big", maximum: 3 }]);
    expect(seen).toBe(0);
  });

  it("cannot make two recursive options of a union look at everything twice per level", () => {
    const Sum: z.ZodType = z.lazy(() =>
      z.union([
        z.object({ left: Sum, op: z.literal("+") }),
        z.object({ left: Sum, op: z.literal("-") }),
        z.int(),
      ]),
    );
    const nested = (levels: number): unknown => (levels === 0 ? 1 : { left: nested(levels - 1), op: "-" });
    expect(decode(Sum, nested(60))).toEqual({ ok: true, value: nested(60) });
    let looks = 0;
    const watched = (levels: number): unknown =>
      levels === 0
        ? 1
        : new Proxy({ left: watched(levels - 1), op: "-" } as Record<string, unknown>, {
            get(target, key, receiver) {
              looks += 1;
              return Reflect.get(target, key, receiver) as unknown;
            },
          });
    expect(decode(Sum, { left: watched(60), op: "x" })).toMatchObject({ ok: false });
    // A few for each of the 60 levels, and not twice as many with each.
    expect(looks).toBeLessThan(60 * 20);
  });

  it("of endless digits is refused before they are read", () => {
    expect(issuesOf(z.bigint(), "9".repeat(1_000_000))).toMatchObject([{ code: "format" }]);
  });

  it("with half of a surrogate pair is only a string", () => {
    expect(valueOf(z.string().max(1), "\ud800")).toBe("\ud800");
  });
});

describe("two installed copies of zod", () => {
  it("are read alike", () => {
    const copy = createRequire(import.meta.url)("zod") as typeof z;
    expect(copy.ZodString).not.toBe(z.ZodString);
    const schema = copy.object({ a: copy.string().min(2), b: z.array(copy.union([z.int(), copy.date()])) });
    expect(valueOf(schema, { a: "ab", b: [1, "1970-01-01T00:00:00Z"] })).toEqual({
      a: "ab",
      b: [1, new Date(0)],
    });
    expect(issuesOf(schema, { a: "a", b: [] })).toMatchObject([
      { path: ["a"], code: "too_small", minimum: 2 },
    ]);
  });
});

describe("Standard Schemas", () => {
  const schema = {
    "~standard": {
      version: 1,
      vendor: "mine",
      validate: (value: unknown) =>
        typeof value === "string"
          ? { value: value.length }
          : { issues: [{ message: "no string", path: ["a", { key: 0 }] }] },
    },
  };

  it("decode and complain in their own words", () => {
    expect(valueOf(schema, "abc")).toBe(3);
    expect(issuesOf(schema, 1)).toEqual([{ code: "custom", message: "no string", path: ["a", 0] }]);
  });

  it("do not get to quote what they received", () => {
    const quoting = {
      "~standard": {
        version: 1,
        vendor: "mine",
        validate: (value: { pin: string }) => ({
          issues: [{ message: `Expected number but received "${value.pin}"`, path: ["pin"] }],
        }),
      },
    };
    expect(issuesOf(quoting, { pin: "hunter2" })).toEqual([
      { code: "custom", message: "Invalid value", path: ["pin"] },
    ]);
  });
});
