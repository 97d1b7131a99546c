import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { SchemaResult } from "../schema/issue.ts";
import { readSchema } from "../schema/read-schema.ts";
import { toText } from "./request-value.ts";
import { decodeText, type TextInput } from "./text.ts";

function decode(schema: unknown, text: TextInput): SchemaResult {
  return decodeText(readSchema(schema), text) as SchemaResult;
}

function valueOf(schema: unknown, text: TextInput): unknown {
  const result = decode(schema, text);
  return result.ok ? result.value : result.issues.map((issue) => issue.code).join();
}

describe("decodeText", () => {
  it.each(["", "0x10", " 5 ", "1_000", "+3", "5.", ".5", "05", "Infinity", "NaN", "1e", "--1", "5\n"])(
    "refuses %j as a number, however it is coerced",
    (text) => {
      expect(valueOf(z.number(), text)).toBe("type");
      expect(valueOf(z.coerce.number(), text)).toBe("type");
    },
  );

  it("reads numbers and integers by JSON's grammar", () => {
    expect([
      valueOf(z.number(), "-1.5e2"),
      valueOf(z.int(), "1e1"),
      valueOf(z.int(), "1.5"),
      valueOf(z.number(), "1e999"),
    ]).toEqual([-150, 10, "type", "not_finite"]);
  });

  it("reads booleans in any case and nothing else", () => {
    const texts = ["true", "1", "YES", "On", "false", "0", "No", "off", "", "t", "2", "truthy"];
    expect(texts.map((text) => valueOf(z.boolean(), text))).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
      false,
      false,
      "type",
      "type",
      "type",
      "type",
    ]);
    expect(valueOf(z.coerce.boolean(), "false")).toBe(false);
  });

  it("reads dates with an offset, bigints, literals and enums by their text", () => {
    expect(valueOf(z.date(), "2026-01-01T00:00:00+00:00")).toEqual(new Date("2026-01-01"));
    expect(valueOf(z.date(), "2026-01-01")).toBe("format");
    expect(valueOf(z.bigint(), "12345678901234567890")).toBe(12345678901234567890n);
    expect(valueOf(z.literal([1, "two", true, null]), "1")).toBe(1);
    expect(valueOf(z.literal([1, "two", true, null]), "null")).toBe(null);
    expect(valueOf(z.enum({ A: 7 }), "7")).toBe(7);
    expect(valueOf(z.literal([1]), "1.0")).toBe(1);
  });

  it("tries the options of a union in order, strings last", () => {
    const schema = z.union([z.string(), z.int(), z.boolean(), z.date()]);
    expect(["5", "yes", "2026-01-01T00:00:00Z", "x"].map((text) => valueOf(schema, text))).toEqual([
      5,
      true,
      new Date("2026-01-01"),
      "x",
    ]);
    expect(valueOf(z.union([z.literal("5"), z.int()]), "5")).toBe("5");
  });

  it("reads repeated values as a list and refuses them for one value", () => {
    expect(valueOf(z.array(z.int()), ["1", "2"])).toEqual([1, 2]);
    expect(valueOf(z.array(z.int()), "1")).toEqual([1]);
    expect(valueOf(z.set(z.string()), ["a", "a"])).toEqual(new Set(["a"]));
    expect(valueOf(z.int().default(1), ["1", "2"])).toBe("repeated");
    expect(valueOf(z.array(z.int()), undefined)).toBe("missing");
    expect(valueOf(z.array(z.int()).default([]), undefined)).toEqual([]);
  });

  it("reads fields by name and keeps issues at them", () => {
    const filter = z.strictObject({ min: z.int().optional(), tag: z.array(z.string()).optional() });
    expect(valueOf(filter, { min: "3", tag: "a" })).toEqual({ min: 3, tag: ["a"] });
    const result = decode(filter, { min: ["1", "2"] });
    expect(result).toMatchObject({ ok: false, issues: [{ path: ["min"], code: "repeated" }] });
    expect(decode(filter, { max: "1" })).toMatchObject({ issues: [{ path: ["max"], code: "unknown_key" }] });
  });

  it("reads what toText wrote", () => {
    const values: [unknown, unknown][] = [
      [z.int(), 5],
      [z.number(), 1e21],
      [z.boolean(), false],
      [z.date(), new Date(5)],
      [z.bigint(), 2n ** 70n],
      [z.string(), "a b"],
      [z.int().nullable(), 5],
      [z.instanceof(URL), new URL("https://a.b/c?d=e")],
    ];
    for (const [schema, value] of values) {
      expect(valueOf(schema, toText(value))).toEqual(value);
    }
  });
});
