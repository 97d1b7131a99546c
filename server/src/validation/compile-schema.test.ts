import { decodeNode, INVALID, readSchema } from "@tenon/core/wire";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  type BackEnd,
  canGenerate,
  compileDecoder,
  compileEncoder,
  compileTextDecoder,
} from "./compile-schema.ts";
import { generateText } from "./generate.ts";

const backEnds: readonly BackEnd[] = ["generate", "close"];

describe.each(backEnds)("a form compiled by %s", (backEnd) => {
  const decoder = (schema: unknown) => compileDecoder(readSchema(schema), backEnd);
  const encoder = (schema: unknown) => compileEncoder(readSchema(schema), backEnd);

  it("gives the value, or INVALID and nothing else", () => {
    const decode = decoder(z.object({ id: z.int().min(1), at: z.date().optional() }));
    expect(decode({ id: 1, at: "1970-01-01T00:00:00Z", x: 1 })).toStrictEqual({ id: 1, at: new Date(0) });
    expect(decode({ id: 2 })).toStrictEqual({ id: 2 });
    expect(decode({ id: 0 })).toBe(INVALID);
    expect(decode(null)).toBe(INVALID);
  });

  it("makes a literal that JSON.stringify writes in the schema's order", () => {
    const encode = encoder(z.object({ b: z.int().optional(), a: z.date(), c: z.string().default("d") }));
    expect(JSON.stringify(encode({ a: new Date(0), secret: 1 }))).toBe(
      '{"a":"1970-01-01T00:00:00.000Z","c":"d"}',
    );
    expect(JSON.stringify(encode({ a: new Date(0), b: 2, c: "x" }))).toBe(
      '{"b":2,"a":"1970-01-01T00:00:00.000Z","c":"x"}',
    );
    expect(encode({ a: "1970-01-01T00:00:00.000Z" })).toBe(INVALID);
  });

  it("keeps Date and its like in the rich form", () => {
    const encode = compileEncoder(
      readSchema(z.object({ at: z.date(), set: z.set(z.bigint()) })),
      backEnd,
      "rich",
    );
    const value = { at: new Date(0), set: new Set([1n]) };
    expect(encode({ ...value, secret: 1 })).toStrictEqual(value);
  });

  it("reads texts by type", () => {
    const decode = compileTextDecoder(readSchema(z.int().min(1).default(10)), backEnd);
    expect([decode("5"), decode(undefined), decode("0x5"), decode(["1", "2"]), decode(["7"])]).toEqual([
      5,
      10,
      INVALID,
      INVALID,
      7,
    ]);
  });

  it("leaves asynchronous checks to the interpreter, without running them", () => {
    let runs = 0;
    const decode = decoder(
      z.string().refine(async () => {
        runs++;
        return true;
      }),
    );
    expect([decode("a"), decode("a")]).toEqual([INVALID, INVALID]);
    expect(runs).toBe(0);
  });

  it("meets a check that turns out to be asynchronous once, and minds no rejection of it", async () => {
    let runs = 0;
    const decode = decoder(
      z.object({
        a: z.string().refine((): boolean => {
          runs++;
          return Promise.reject(new Error("down")) as never;
        }),
      }),
    );
    expect([decode({ a: "x" }), decode({ a: "x" })]).toEqual([INVALID, INVALID]);
    expect(runs).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 5));
  });

  it("follows recursion to the limit and no further", () => {
    const Tree: z.ZodType = z.object({
      get child() {
        return Tree.optional();
      },
    });
    const nested = (levels: number): unknown => (levels === 1 ? {} : { child: nested(levels - 1) });
    const decode = decoder(Tree);
    expect(decode(nested(64))).toEqual(nested(64));
    expect(decode(nested(65))).toBe(INVALID);
    const limited = compileDecoder(readSchema(Tree), backEnd, { depthLimit: 2 });
    expect([limited(nested(2)) === INVALID, limited(nested(3)) === INVALID]).toEqual([false, true]);
  });

  it("refuses a depth of 100,000 and a value that contains itself", () => {
    const json: unknown = JSON.parse("[".repeat(100_000) + "]".repeat(100_000));
    expect(decoder(z.object({ a: z.unknown() }))({ a: json })).toBe(INVALID);
    const Loop: z.ZodType = z.lazy(() => z.array(Loop));
    expect(decoder(Loop)(json)).toBe(INVALID);
    const loop: unknown[] = [];
    loop.push(loop);
    expect(encoder(Loop)(loop)).toBe(INVALID);
    expect(encoder(z.unknown())(loop)).toBe(INVALID);
  });

  it("sends what keeps most, though options are unions themselves", () => {
    const Dog = z.object({ name: z.string() });
    const Owner = z.object({ name: z.string(), address: z.string() });
    const owner = { name: "Ann", address: "Here" };
    for (const named of [z.union([Dog, z.string()]), z.union([Dog, z.object({ address: z.string() })])]) {
      for (const schema of [z.union([named, Owner]), z.union([named.nullable(), Owner])]) {
        expect(encoder(schema)(owner)).toEqual(owner);
        expect(encoder(schema)({ name: "Rex" })).toEqual({ name: "Rex" });
      }
    }
  });

  it("takes no number that JSON could not hold again, where no schema describes it", () => {
    for (const schema of [z.unknown(), z.record(z.string(), z.unknown()), z.looseObject({})]) {
      expect(decoder(schema)(JSON.parse('{"a":[1e400]}'))).toBe(INVALID);
      expect(decoder(schema)({ a: [1e308, null] })).toEqual({ a: [1e308, null] });
    }
    expect(decoder(z.unknown())(Number.NEGATIVE_INFINITY)).toBe(INVALID);
    expect(decoder(z.unknown())(0)).toBe(0);
  });

  it("never reaches a prototype", () => {
    const json: unknown = JSON.parse('{"__proto__": {"admin": true}}');
    for (const schema of [
      z.record(z.string(), z.unknown()),
      z.looseObject({}),
      z.unknown(),
      z.strictObject({}),
    ]) {
      expect(decoder(schema)(json)).toBe(INVALID);
    }
    expect(decoder(z.object({}))(json)).toStrictEqual({});
    expect(JSON.stringify(encoder(z.looseObject({}))(json))).toBe("{}");
  });

  it("does not look at everything twice per level where two options of a union are recursive", () => {
    const Sum: z.ZodType = z.lazy(() =>
      z.union([
        z.object({ left: Sum, op: z.literal("+") }),
        z.object({ left: Sum, op: z.literal("-") }),
        z.int(),
      ]),
    );
    const nested = (levels: number): unknown => (levels === 0 ? 1 : { left: nested(levels - 1), op: "-" });
    const started = performance.now();
    expect(decoder(Sum)({ left: nested(60), op: "x" })).toBe(INVALID);
    expect(encoder(Sum)(nested(60))).toEqual(nested(60));
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it("gives each request its own default", () => {
    const decode = decoder(z.object({ list: z.array(z.int()).default([]) }));
    const [one, two] = [decode({}), decode({})] as { list: unknown }[];
    expect(one?.list).not.toBe(two?.list);
  });

  it("tells code points, not units, when it measures texts", () => {
    const decode = decoder(z.string().min(2).max(3));
    expect([decode("😀"), decode("😀😀😀"), decode("😀😀😀😀"), decode("abcd")]).toEqual([
      INVALID,
      "😀😀😀",
      INVALID,
      INVALID,
    ]);
  });

  it("lets what a check throws through", () => {
    const decode = decoder(
      z.string().refine(() => {
        throw new Error("bug");
      }),
    );
    expect(() => decode("a")).toThrow("bug");
  });

  it("decodes 200,000 items, good or bad, in little time", () => {
    const decode = decoder(z.array(z.int()));
    const bad = Array.from({ length: 200_000 }, () => "x");
    const good = Array.from({ length: 200_000 }, () => 1);
    const started = performance.now();
    expect(decode(bad)).toBe(INVALID);
    expect(decode(good)).toHaveLength(200_000);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe("generated source text", () => {
  it("writes a shared schema once, so that its length follows the schema's", () => {
    let schema: z.ZodType = z.object({ leaf: z.string() });
    for (let level = 0; level < 30; level++) {
      schema = z.object({ left: schema, right: schema });
    }
    const { text } = generateText(readSchema(schema), "decode", 64, { isAsynchronous: false });
    expect(text.length).toBeLessThan(30_000);
  });

  it("quotes every key and value that a schema can name", () => {
    const key = '"]; throw 1; //\u2028${x}`\n';
    const schema = z
      .object({ [key]: z.literal([key, "a"]), kind: z.enum([key]) })
      .catchall(z.string().startsWith(key));
    const decode = compileDecoder(readSchema(schema), "generate");
    expect(decode({ [key]: key, kind: key, extra: `${key}!` })).toEqual({
      [key]: key,
      kind: key,
      extra: `${key}!`,
    });
    expect(decode({ [key]: "b", kind: key })).toBe(INVALID);
  });

  it("is possible on this host", () => {
    expect(canGenerate()).toBe(true);
  });
});

it("judges what is absent before the rest of a tuple as the interpreter does", () => {
  for (const first of [z.unknown(), z.coerce.string(), z.string()]) {
    const node = readSchema(z.tuple([first], z.string()));
    const truth = decodeNode(node, []);
    for (const backEnd of ["generate", "close"] as const) {
      const compiled = compileDecoder(node, backEnd)([]);
      expect(compiled === INVALID).toBe(!(truth as { ok: boolean }).ok);
    }
  }
});
