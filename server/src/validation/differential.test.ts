import {
  BYTES_TRANSFORMER,
  childrenOf,
  decodeNode,
  decodeText,
  encodeNode,
  enrich,
  INVALID,
  leanNode,
  readSchema,
  type SchemaNode,
  type SchemaResult,
  type TextInput,
} from "@tenon/core/wire";
import fc from "fast-check";
import superjson from "superjson";
import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { compileDecoder, compileEncoder, compileTextDecoder } from "./compile-schema.ts";

const RUNS = Number(process.env["TENON_PROPERTY_RUNS"] ?? 1500);

vi.setConfig({ testTimeout: 20_000 + RUNS * 10 });

/** A random schema, with values that fit it and what may be asked of it. */
interface Sample {
  readonly schema: z.ZodType;
  readonly json: fc.Arbitrary<unknown>;
  readonly server: fc.Arbitrary<unknown>;
  /** zod alone decodes its JSON: there is no wire type in it. */
  readonly isPlain: boolean;
  /** zod's `parse` gives what encoding gives. */
  readonly isSymmetric: boolean;
  /** What is encoded comes back when it is decoded. */
  readonly isReversible: boolean;
}

interface Traits {
  readonly isPlain?: boolean;
  readonly isSymmetric?: boolean;
  readonly isReversible?: boolean;
}

function sample(schema: z.ZodType, json: fc.Arbitrary<unknown>, traits: Traits = {}, server = json): Sample {
  const { isPlain = true, isSymmetric = true, isReversible = true } = traits;
  const shown = { [fc.toStringMethod]: () => print(readSchema(schema), 6) };
  return { schema, json, server, isPlain, isSymmetric, isReversible, ...shown };
}

/** A schema in a counterexample. */
function print(node: SchemaNode, depth: number): string {
  const parts = depth === 0 ? [] : childrenOf(node, "both").map((child) => print(child, depth - 1));
  const checks = node.checks.map((check) => `.${check.kind}`).join("");
  const own = node.kind === "object" ? node.properties.map((property) => property.key).join() : "";
  const extra =
    "values" in node
      ? JSON.stringify(node.values.map(String))
      : "coerces" in node && node.coerces
        ? "~"
        : own;
  return `${node.kind}${extra}(${parts.join(", ")})${checks}`;
}

const text = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.constantFrom("", "abc", " a ", "😀😀", "12", "true", "__proto__"),
);
const whole = fc.integer({ min: -20, max: 20 });
const real = fc.oneof(whole, fc.constantFrom(0.5, -0, 1e21, 0.1, 2.03));
const date = fc.date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true });
const bytes = fc.uint8Array({ maxLength: 7 });
const url = fc.constantFrom("http://a.b/", "https://x.y/z?q=1");
const ONE_WAY: Traits = { isSymmetric: false, isReversible: false };
const WIRE: Traits = { isPlain: false, isSymmetric: false };
const LOSSY: Traits = { isReversible: false };

const toText = (value: bigint | Date): string =>
  value instanceof Date ? value.toISOString() : String(value);
const toUrl = (value: string): URL => new URL(value);
const toBase64 = (value: Uint8Array): string => Buffer.from(value).toString("base64");
const plusOne = z.codec(z.int(), z.int(), { decode: (value) => value + 1, encode: (value) => value - 1 });
const dateCodec = z.codec(z.iso.datetime(), z.date(), {
  decode: (value) => new Date(value),
  encode: (value) => value.toISOString(),
});

const leaves: readonly Sample[] = [
  sample(z.string(), text),
  sample(z.string().min(1).max(3), text),
  sample(z.string().length(2), text),
  sample(
    z
      .string()
      .regex(/^[a-z]+$/)
      .max(4),
    text,
  ),
  sample(z.string().regex(/a/g), text),
  sample(z.email(), fc.constantFrom("a@b.co", "a")),
  sample(z.url(), fc.oneof(url, text), LOSSY),
  sample(z.string().trim().min(1), text, LOSSY),
  sample(z.string().max(3).toUpperCase(), text, LOSSY),
  sample(
    z.string().refine((value) => value !== "abc"),
    text,
  ),
  sample(z.string().startsWith("a").includes("b"), text),
  sample(z.number(), real),
  sample(z.number().min(-5).lt(10), real),
  sample(z.number().multipleOf(0.5), real),
  sample(z.int(), real),
  sample(z.int32().positive(), real),
  sample(z.boolean(), fc.boolean()),
  sample(z.null(), fc.constant(null)),
  sample(z.literal(["a", 1, true, null]), fc.constantFrom("a", 1, true, null, "b")),
  sample(z.enum(["x", "y", "z"]), fc.constantFrom("x", "y", "w")),
  sample(z.enum({ A: 1, B: "b" }), fc.constantFrom(1, "b", "A")),
  sample(z.unknown(), fc.jsonValue({ maxDepth: 2 })),
  sample(z.never(), fc.constant(1)),
  sample(z.coerce.number().min(1), fc.oneof(real, text), LOSSY),
  sample(z.coerce.string().max(5), fc.oneof(real, text), LOSSY),
  sample(z.coerce.boolean(), fc.oneof(real, text), LOSSY),
  sample(z.templateLiteral(["a", z.number()]), fc.constantFrom("a1", "b")),
  sample(
    z.custom<number>((value) => value === 1),
    fc.constantFrom(1, 2),
  ),
  sample(
    z.string().transform((value) => value.length),
    text,
    ONE_WAY,
  ),
  sample(
    z.preprocess((value) => value ?? 0, z.number()),
    fc.oneof(real, fc.constant(null)),
    ONE_WAY,
  ),
  sample(z.string().pipe(z.string().min(2)), text),
  sample(
    z.stringbool(),
    fc.constantFrom("true", "no", "abc"),
    { isSymmetric: false, ...LOSSY },
    fc.boolean(),
  ),
  sample(plusOne, whole, { isSymmetric: false }),
  sample(
    plusOne.refine((value) => value !== 3),
    whole,
    { isSymmetric: false },
  ),
  sample(dateCodec, date.map(toText), { isSymmetric: false }, date),
  sample(z.date(), date.map(toText), WIRE, date),
  sample(z.date().min(new Date("2000-01-01")), date.map(toText), WIRE, date),
  sample(z.bigint(), fc.bigInt().map(toText), WIRE, fc.bigInt()),
  sample(z.bigint().positive().max(99n), fc.bigInt().map(toText), WIRE, fc.bigInt()),
  sample(z.literal(5n), fc.constantFrom("5", "6"), WIRE, fc.constantFrom(5n, 6n)),
  sample(z.instanceof(URL), url, WIRE, url.map(toUrl)),
  sample(z.instanceof(Uint8Array), bytes.map(toBase64), WIRE, bytes),
];

const leaf = fc.constantFrom(...leaves);

function join(parts: readonly Sample[], traits: Traits = {}): Required<Traits> {
  return {
    isPlain: (traits.isPlain ?? true) && parts.every((part) => part.isPlain),
    isSymmetric: (traits.isSymmetric ?? true) && parts.every((part) => part.isSymmetric),
    isReversible: (traits.isReversible ?? true) && parts.every((part) => part.isReversible),
  };
}

function wrap(inner: Sample, schema: z.ZodType, traits: Traits = {}, extra?: unknown): Sample {
  const add = (values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> => fc.oneof(values, fc.constant(extra));
  return sample(schema, add(inner.json), join([inner], traits), add(inner.server));
}

const wrappers: readonly ((inner: Sample) => Sample)[] = [
  (inner) => wrap(inner, inner.schema.optional()),
  (inner) => wrap(inner, inner.schema.nullable(), {}, null),
  (inner) => wrap(inner, inner.schema.nullish(), {}, null),
  (inner) => wrap(inner, inner.schema.optional().nonoptional()),
  (inner) => wrap(inner, inner.schema.readonly()),
  (inner) =>
    wrap(
      inner,
      z.lazy(() => inner.schema),
    ),
  (inner) => wrap(inner, inner.schema.optional().default(undefined as never), LOSSY),
  (inner) =>
    wrap(inner, z.union([inner.schema, z.string().default("none")]), { isSymmetric: false, ...LOSSY }),
  (inner) => wrap(inner, inner.schema.catch(null as never), { isSymmetric: false, ...LOSSY }),
  (inner) =>
    wrap(
      inner,
      inner.schema.refine((value) => value !== 1),
    ),
  (inner) => wrap(inner, z.string().default("filled").optional(), { ...LOSSY, isSymmetric: false }),
  (inner) => wrap(inner, z.string().min(1).prefault("pre"), LOSSY),
  (inner) => wrap(inner, z.object({ n: z.int() }).default({ n: 1 }), LOSSY),
];

const keys = ["a", "b", "c.d", "toString", "if"] as const;

function objectOf(parts: readonly Sample[], style: number): Sample {
  const shape = Object.fromEntries(parts.map((part, index) => [keys[index] as string, part.schema]));
  const schemas: readonly z.ZodType[] = [
    z.object(shape),
    z.strictObject(shape),
    z.looseObject(shape),
    z.object(shape).catchall(z.number()),
    z.object(shape).refine((value) => Object.values(value).filter((part) => part !== undefined).length !== 2),
  ];
  const fields = (side: "json" | "server"): fc.Arbitrary<unknown> =>
    fc.record(Object.fromEntries(parts.map((part, index) => [keys[index] as string, part[side]])), {
      requiredKeys: parts.slice(0, 3).map((_, index) => keys[index] as string),
    });
  // Encoding drops the unknown keys that a strict object's own parse refuses.
  // zod takes the `toString` that every object inherits for a key of the input.
  const traits = join(parts, { isSymmetric: style !== 1, isPlain: parts.length < 4 });
  return sample(schemas[style] as z.ZodType, fields("json"), traits, fields("server"));
}

function containersOf(inner: fc.Arbitrary<Sample>): fc.Arbitrary<Sample> {
  const parts = fc.array(inner, { minLength: 0, maxLength: 4 });
  const list = (values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown[]> => fc.array(values, { maxLength: 4 });
  return fc.oneof(
    { weight: 4, arbitrary: fc.tuple(parts, fc.nat(4)).map(([all, style]) => objectOf(all, style)) },
    inner.map((part) => sample(z.array(part.schema), list(part.json), join([part]), list(part.server))),
    inner.map((part) =>
      sample(z.array(part.schema).min(1).max(2), list(part.json), join([part]), list(part.server)),
    ),
    inner.map((part) => {
      const dictionary = (values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
        fc.dictionary(fc.constantFrom("p", "q", "valueOf"), values, { noNullPrototype: true });
      return sample(
        z.record(z.string(), part.schema),
        dictionary(part.json),
        join([part]),
        dictionary(part.server),
      );
    }),
    inner.map((part) => {
      const schema = z.record(z.enum(["p", "q"]), part.schema);
      const of = (values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
        fc.record({ p: values, q: values });
      return sample(schema, of(part.json), join([part], { isSymmetric: false }), of(part.server));
    }),
    inner.map((part) => {
      const schema = z.record(z.string().regex(/^[pq]/), part.schema);
      const of = (values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
        fc.record({ p: values, r: values }, { requiredKeys: ["p"] });
      return sample(schema, of(part.json), join([part]), of(part.server));
    }),
    fc
      .tuple(inner, inner)
      .map(([left, right]) =>
        sample(
          z.tuple([left.schema, right.schema]),
          fc.tuple(left.json, right.json),
          join([left, right]),
          fc.tuple(left.server, right.server),
        ),
      ),
    fc.tuple(inner, inner).map(([left, right]) => {
      const of = (first: fc.Arbitrary<unknown>, rest: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
        fc.tuple(first, list(rest)).map(([head, tail]) => [head, ...tail]);
      const schema = z.tuple([left.schema], right.schema);
      return sample(schema, of(left.json, right.json), join([left, right]), of(left.server, right.server));
    }),
    inner.map((part) => {
      const of = (values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
        fc.oneof(fc.tuple(values), fc.tuple(values, fc.constant("s")));
      return sample(
        z.tuple([part.schema, z.string().optional()]),
        of(part.json),
        join([part]),
        of(part.server),
      );
    }),
    inner.map((part) => {
      const traits = join([part], WIRE);
      return sample(
        z.set(part.schema).max(3),
        list(part.json),
        traits,
        list(part.server).map((all) => new Set(all)),
      );
    }),
    inner.map((part) => {
      const entries = (values: fc.Arbitrary<unknown>): fc.Arbitrary<[string, unknown][]> =>
        fc.uniqueArray(fc.tuple(fc.constantFrom("k", "l", "m"), values), {
          maxLength: 3,
          selector: ([key]) => key,
        });
      const server = entries(part.server).map((all) => new Map(all));
      return sample(z.map(z.string(), part.schema), entries(part.json), join([part], WIRE), server);
    }),
    fc.tuple(inner, inner).map(([left, right]) => {
      const traits = join([left, right], { isSymmetric: false, isReversible: false });
      const schema = z.union([left.schema, right.schema]);
      return sample(schema, fc.oneof(left.json, right.json), traits, fc.oneof(left.server, right.server));
    }),
    fc.tuple(inner, inner).map(([left, right]) => {
      const schema = z.discriminatedUnion("kind", [
        z.object({ kind: z.literal("l"), value: left.schema }),
        z.object({ kind: z.enum(["r", "s"]), value: right.schema, at: z.int().optional() }),
      ]);
      const of = (one: fc.Arbitrary<unknown>, two: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
        fc.oneof(
          fc.record({ kind: fc.constantFrom("l", "x"), value: one }),
          fc.record({ kind: fc.constantFrom("r", "s"), value: two }),
        );
      return sample(schema, of(left.json, right.json), join([left, right]), of(left.server, right.server));
    }),
    fc.tuple(inner, inner).map(([left, right]) => {
      const schema = z.intersection(z.object({ a: left.schema }), z.looseObject({ b: right.schema }));
      const of = (one: fc.Arbitrary<unknown>, two: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
        fc.record({ a: one, b: two });
      // Two sides that make different values of one key throw in zod.
      const traits = join([left, right], { isPlain: false, isSymmetric: false, isReversible: false });
      return sample(schema, of(left.json, right.json), traits, of(left.server, right.server));
    }),
    inner.map((part) => {
      const Node: z.ZodType = z.object({
        value: part.schema,
        get next() {
          return Node.optional();
        },
        get all() {
          return z.array(Node).max(3).optional();
        },
      });
      const tree = (values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
        fc.letrec((tie) => ({
          node: fc.record(
            {
              value: values,
              next: fc.option(tie("node"), { nil: undefined, depthIdentifier: "tree", maxDepth: 2 }),
              all: fc.array(tie("node"), { maxLength: 2, depthIdentifier: "tree" }),
            },
            { requiredKeys: ["value"] },
          ),
        })).node;
      return sample(Node, tree(part.json), join([part]), tree(part.server));
    }),
  );
}

function samples(depth: number): fc.Arbitrary<Sample> {
  if (depth === 0) {
    return leaf;
  }
  const inner = samples(depth - 1);
  const wrapped = fc.tuple(inner, fc.constantFrom(...wrappers)).map(([part, wrapper]) => wrapper(part));
  return fc.oneof(
    { weight: 2, arbitrary: leaf },
    { weight: 3, arbitrary: wrapped },
    { weight: 5, arbitrary: containersOf(inner) },
  );
}

const junk = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(undefined, JSON.parse('{"__proto__": 1, "a": 1}'), JSON.parse("1e999"), "\ud800"),
);

/** A value that fits, the same with one part replaced, or something else altogether. */
function disturbed(values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const broken = fc
    .tuple(values, junk, fc.nat())
    .map(([value, part, seed]) => replacePart(value, part, seed));
  return fc.oneof(
    { weight: 5, arbitrary: values },
    { weight: 4, arbitrary: broken },
    { weight: 1, arbitrary: junk },
  );
}

function replacePart(value: unknown, part: unknown, seed: number): unknown {
  if (Array.isArray(value) && value.length > 0 && seed % 5 !== 0) {
    const at = seed % value.length;
    return value.map((item, index) => (index === at ? replacePart(item, part, seed >> 3) : item));
  }
  if (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    const names = [...Object.keys(value), "extra"];
    const name = names[seed % names.length] as string;
    const old = (value as Record<string, unknown>)[name];
    return { ...value, [name]: old === undefined ? part : replacePart(old, part, seed >> 3) };
  }
  return part;
}

/** A text that is the same for equal values; absent keys and keys that hold nothing are the same. */
function canon(value: unknown): string {
  if (value instanceof Date) return `Date(${value.getTime()})`;
  if (value instanceof URL) return `URL(${value.href})`;
  if (value instanceof Uint8Array) return `bytes(${[...value].join()})`;
  if (value instanceof Set) return `Set(${[...value].map(canon).join()})`;
  if (value instanceof Map) return `Map(${[...value].map(canon).join()})`;
  if (Array.isArray(value)) return `[${Array.from(value, canon).join()}]`;
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value).filter(([, part]) => part !== undefined);
    return `{${fields
      .map(([key, part]) => `${JSON.stringify(key)}:${canon(part)}`)
      .sort()
      .join()}}`;
  }
  if (typeof value === "bigint") return `${value}n`;
  return typeof value === "string" ? JSON.stringify(value) : Object.is(value, -0) ? "-0" : String(value);
}

/** JSON has no negative zero. */
function unsigned(canonical: string): string {
  return canonical.replaceAll("-0", "0");
}

function verdict(result: SchemaResult | Promise<SchemaResult>): string {
  if (result instanceof Promise) {
    throw new Error("These schemas have no asynchronous parts.");
  }
  return result.ok ? canon(result.value) : "INVALID";
}

function compiledVerdict(value: unknown): string {
  return value === INVALID ? "INVALID" : canon(value);
}

/** What is left of a value in JSON, where no key holds nothing. */
function asJson(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

function isSafe(value: unknown): boolean {
  return !JSON.stringify(value ?? null).includes("__proto__");
}

const cases = samples(3).chain((made) =>
  fc.record({ made: fc.constant(made), json: disturbed(made.json), server: disturbed(made.server) }),
);

describe("interpreter, generated code and closures", () => {
  it("decode every schema alike", () => {
    let accepted = 0;
    let refused = 0;
    fc.assert(
      fc.property(cases, ({ made, json }) => {
        const node: SchemaNode = readSchema(made.schema);
        const truth = verdict(decodeNode(node, json));
        if (truth === "INVALID") refused++;
        else accepted++;
        expect(compiledVerdict(compileDecoder(node, "generate")(json))).toBe(truth);
        expect(compiledVerdict(compileDecoder(node, "close")(json))).toBe(truth);
      }),
      { numRuns: RUNS },
    );
    // A generator that only makes one kind of case proves nothing.
    expect(accepted).toBeGreaterThan(RUNS / 5);
    expect(refused).toBeGreaterThan(RUNS / 5);
  });

  it("encode every schema alike, plain and rich", () => {
    let accepted = 0;
    fc.assert(
      fc.property(cases, ({ made, server }) => {
        const node = readSchema(made.schema);
        for (const form of ["plain", "rich"] as const) {
          const truth = verdict(encodeNode(node, server, { form }));
          accepted += truth === "INVALID" ? 0 : 1;
          expect(compiledVerdict(compileEncoder(node, "generate", form)(server))).toBe(truth);
          expect(compiledVerdict(compileEncoder(node, "close", form)(server))).toBe(truth);
        }
      }),
      { numRuns: RUNS },
    );
    expect(accepted).toBeGreaterThan(RUNS / 5);
  });

  it("encode alike what leaves keys out, or is trusted", () => {
    let accepted = 0;
    const modes = fc.record({
      omit: fc.constantFrom(undefined, "undefined" as const, "defaults" as const, "null" as const),
      isTrusted: fc.boolean(),
    });
    fc.assert(
      fc.property(cases, modes, ({ made, server }, mode) => {
        const node = leanNode(readSchema(made.schema), mode);
        for (const form of ["plain", "rich"] as const) {
          const truth = verdict(encodeNode(node, server, { form }));
          accepted += truth === "INVALID" ? 0 : 1;
          expect(compiledVerdict(compileEncoder(node, "generate", form)(server))).toBe(truth);
          expect(compiledVerdict(compileEncoder(node, "close", form)(server))).toBe(truth);
        }
      }),
      { numRuns: RUNS },
    );
    expect(accepted).toBeGreaterThan(RUNS / 5);
  });

  it("decode every text alike", () => {
    const single = fc.oneof(
      text,
      real.map(String),
      fc.boolean().map(String),
      date.map(toText),
      fc.constant("null"),
    );
    const input: fc.Arbitrary<TextInput> = fc.oneof(
      single,
      fc.array(single, { maxLength: 3 }),
      fc.record({ a: single, b: fc.array(single, { maxLength: 2 }) }, { requiredKeys: [] }),
      fc.constant(undefined),
    );
    fc.assert(
      fc.property(samples(2), input, ({ schema }, given) => {
        const node = readSchema(schema);
        const truth = verdict(decodeText(node, given));
        expect(compiledVerdict(compileTextDecoder(node, "generate")(given))).toBe(truth);
        expect(compiledVerdict(compileTextDecoder(node, "close")(given))).toBe(truth);
      }),
      { numRuns: RUNS },
    );
  });
});

describe("interpreter and zod", () => {
  it("decode alike where no wire type is involved", () => {
    fc.assert(
      fc.property(cases, ({ made, json }) => {
        fc.pre(made.isPlain && isSafe(json));
        const given = asJson(json);
        const parsed = made.schema.safeParse(given);
        const truth = parsed.success ? canon(parsed.data) : "INVALID";
        expect(verdict(decodeNode(readSchema(made.schema), given))).toBe(truth);
      }),
      { numRuns: RUNS },
    );
  });

  it("encode as zod parses where both directions are the same", () => {
    fc.assert(
      fc.property(cases, ({ made, server }) => {
        fc.pre(made.isPlain && made.isSymmetric && isSafe(server));
        const given = asJson(server);
        const parsed = made.schema.safeParse(given);
        const truth = parsed.success ? canon(parsed.data) : "INVALID";
        expect(verdict(encodeNode(readSchema(made.schema), given))).toBe(truth);
      }),
      { numRuns: RUNS },
    );
  });
});

describe("round trips", () => {
  it("give back what was encoded", () => {
    fc.assert(
      fc.property(cases, ({ made, server }) => {
        fc.pre(made.isReversible);
        const node = readSchema(made.schema);
        const encoded = encodeNode(node, server) as SchemaResult;
        const rich = encodeNode(node, server, { form: "rich" }) as SchemaResult;
        fc.pre(encoded.ok && rich.ok);
        const json: unknown = JSON.parse(JSON.stringify(encoded.value) ?? "null");
        const decoded = verdict(decodeNode(node, encoded.value === undefined ? undefined : json));
        expect(decoded).not.toBe("INVALID");
        const again = encodeNode(
          node,
          (decodeNode(node, encoded.value === undefined ? undefined : json) as { value: unknown }).value,
        );
        expect(unsigned(verdict(again))).toBe(unsigned(canon(encoded.value)));
      }),
      { numRuns: RUNS },
    );
  });

  it("are revived by superjson", () => {
    superjson.registerCustom(BYTES_TRANSFORMER.transformer, BYTES_TRANSFORMER.name);
    fc.assert(
      fc.property(cases, ({ made, server }) => {
        const node = readSchema(made.schema);
        const plain = encodeNode(node, server) as SchemaResult;
        const rich = encodeNode(node, server, { form: "rich" }) as SchemaResult;
        fc.pre(plain.ok && rich.ok);
        const json = JSON.parse(JSON.stringify(plain.value) ?? "null") as never;
        const meta = enrich(rich.value) as never;
        const revived = superjson.deserialize({ json, meta });
        expect(unsigned(canon(revived))).toBe(unsigned(canon(rich.value ?? null)));
      }),
      { numRuns: RUNS },
    );
  });
});
