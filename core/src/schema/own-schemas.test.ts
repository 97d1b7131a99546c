import { describe, expect, it } from "vitest";
import { safeDecode } from "../wire/convert.ts";
import { bytes, decimal } from "./own-schemas.ts";

const accepts = async (schema: Parameters<typeof safeDecode>[0], json: unknown): Promise<boolean> =>
  (await safeDecode(schema, json)).ok;

describe("decimal", () => {
  it("takes plain notation, with as many digits as it says", async () => {
    const price = decimal({ precision: 5, scale: 2 });
    for (const text of ["0", "-0", "1.10", "-12345", "123.45", "0.05", "-0.5"]) {
      expect([text, await accepts(price, text)]).toEqual([text, true]);
    }
    for (const text of ["1234.56", "123456", "1.234", "01", "1.", "+1", "1e3", "", ".5", " 1", "1,5", "١"]) {
      expect([text, await accepts(price, text)]).toEqual([text, false]);
    }
    expect(await accepts(decimal({ precision: 3, scale: 0 }), "1.0")).toBe(false);
    expect(await accepts(decimal(), `0.${"1".repeat(100)}`)).toBe(true);
    expect(await accepts(decimal(), `0.${"1".repeat(101)}`)).toBe(false);
  });

  it("refuses long texts without trying long", async () => {
    const hostile = `${"1".repeat(200_000)}x`;
    expect(await accepts(decimal(), hostile)).toBe(false);
    expect(await accepts(decimal(), "x".repeat(200_000))).toBe(false);
  });

  it("refuses digits that make no sense", () => {
    expect(() => decimal({ precision: 0 })).toThrow(RangeError);
    expect(() => decimal({ precision: 2, scale: 3 })).toThrow(RangeError);
    expect(() => decimal({ scale: 1.5 })).toThrow(RangeError);
  });
});

describe("bytes", () => {
  it("is base64 on the wire", async () => {
    expect(await safeDecode(bytes(), "aGVsbG8=")).toEqual({
      ok: true,
      value: new TextEncoder().encode("hello"),
    });
    expect(await accepts(bytes(), "%%%")).toBe(false);
  });
});
