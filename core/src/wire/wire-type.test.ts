import fc from "fast-check";
import superjson from "superjson";
import { describe, expect, it } from "vitest";
import { BYTES_TRANSFORMER } from "./bytes-transformer.ts";
import { enrich } from "./enrich.ts";
import { toText, toWire } from "./request-value.ts";
import { WIRE_TYPES } from "./wire-type.ts";

describe("the wire-type table", () => {
  it("reads back every date that it writes", () => {
    const dates = fc.date({ min: new Date("0000-01-01"), max: new Date("9999-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(dates, (date) => {
        expect(WIRE_TYPES.date.decode(WIRE_TYPES.date.encode(date) ?? "")).toEqual(date);
      }),
    );
  });

  it("reads back every integer and every row of bytes that it writes", () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.uint8Array(), (integer, bytes) => {
        expect(WIRE_TYPES.bigint.decode(WIRE_TYPES.bigint.encode(integer) ?? "")).toBe(integer);
        const text = WIRE_TYPES.bytes.encode(bytes) ?? "";
        expect(text).toBe(Buffer.from(bytes).toString("base64"));
        expect(WIRE_TYPES.bytes.decode(text)).toEqual(bytes);
      }),
    );
  });

  it("writes long bytes without a gap between its parts", () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 251);
    expect(WIRE_TYPES.bytes.encode(bytes)).toBe(Buffer.from(bytes).toString("base64"));
  });
});

describe("toWire", () => {
  it("goes by class, at every depth, and leaves files alone", () => {
    const file = new Blob(["a"]);
    const value = {
      at: new Date(0),
      list: [1n, new Set(["a"])],
      map: new Map([["k", new URL("https://a.b/")]]),
      file,
    };
    expect(toWire(value)).toEqual({
      at: "1970-01-01T00:00:00.000Z",
      list: ["1", ["a"]],
      map: [["k", "https://a.b/"]],
      file,
    });
    expect((toWire(value) as { file: unknown }).file).toBe(file);
    expect(toWire(new Uint8Array([255]))).toBe("/w==");
  });

  it("refuses a value that contains itself or an invalid date", () => {
    const loop: unknown[] = [];
    loop.push(loop);
    expect(() => toWire(loop)).toThrow("contains itself");
    expect(() => toWire(new Date(Number.NaN))).toThrow(TypeError);
  });

  it("writes one text for a parameter", () => {
    expect([toText(1.5), toText(null), toText(true), toText(new Date(0)), toText({ a: 1n })]).toEqual([
      "1.5",
      "null",
      "true",
      "1970-01-01T00:00:00.000Z",
      '{"a":"1"}',
    ]);
  });
});

describe("enrich", () => {
  superjson.registerCustom(BYTES_TRANSFORMER.transformer, BYTES_TRANSFORMER.name);

  it("says nothing about plain JSON", () => {
    expect(enrich({ a: [1, "x", null, { b: true }] })).toBeUndefined();
  });

  it("writes the meta that superjson itself would write", () => {
    const value = {
      "a.b": new Date(0),
      "c\\d": [1n, { e: new URL("https://a.b/") }],
      set: new Set([new Date(1), 5]),
      map: new Map<unknown, unknown>([[new Date(2), { f: 2n }]]),
    };
    const own = superjson.serialize(value);
    expect(enrich(value)).toEqual({ values: own.meta?.values, v: 1 });
    expect(toWire(value)).toEqual(own.json);
  });

  it("lets superjson revive what it describes, bytes included", () => {
    const value = [new Uint8Array([1, 2]), { deep: [[new Map([["k", new Set([1n])]])]] }, new Date(5)];
    const revived = superjson.deserialize({ json: toWire(value) as never, meta: enrich(value) as never });
    expect(revived).toEqual(value);
    expect(superjson.deserialize({ json: toWire(5n) as never, meta: enrich(5n) as never })).toBe(5n);
  });

  it("leaves out paths that superjson refuses", () => {
    const value = { constructor: new Date(0), at: new Date(0) };
    expect(enrich(value)).toEqual({ values: { at: ["Date"] }, v: 1 });
  });
});
