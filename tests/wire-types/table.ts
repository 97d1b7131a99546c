import { bytes, decimal } from "@tenon/core";
import { z } from "zod";

/** One row of the table of wire types: a schema, what it is in code, and what it is on the wire. */
export interface WireRow {
  readonly name: string;
  /** As its author writes it. */
  readonly code: string;
  readonly schema: z.ZodType | z.core.$ZodType;
  /** What handlers have, in words. */
  readonly server: string;
  /** What the typed client has, where it is something else. */
  readonly client?: string;
  readonly value: unknown;
  /** The client's value, where it is another. */
  readonly clientValue?: unknown;
  readonly wire: unknown;
  /** The schema in the document, where it is not a reference. */
  readonly document: object;
  /** Other JSON that means the same value. */
  readonly alsoRead?: readonly unknown[];
  /** JSON that is refused, with the code of the issue. */
  readonly refused: readonly (readonly [json: unknown, code: string])[];
  /** What a handler cannot return. */
  readonly unsendable?: readonly unknown[];
  readonly note?: string;
}

const day = new Date("2026-01-15T08:30:00.000Z");
const dayText = "2026-01-15T08:30:00.000Z";
const DATE_TIME = { type: "string", format: "date-time", "x-tenon-type": "Date" };
const BIGINT = { type: "string", pattern: "^-?(?:0|[1-9]\\d*)$", "x-tenon-type": "bigint" };

const seconds = z.codec(z.iso.datetime({ offset: true }), z.number(), {
  decode: (text) => Date.parse(text) / 1000,
  encode: (value) => new Date(value * 1000).toISOString(),
});
const sorted = z.codec(z.set(z.date()), z.array(z.date()), {
  decode: (set) => [...set].sort((one, other) => Number(one) - Number(other)),
  encode: (list) => new Set(list),
});
const Part = z
  .object({
    at: z.date(),
    get parts() {
      return z.set(Part).optional();
    },
    get byNumber() {
      return z.map(z.bigint(), Part).optional();
    },
    get wrapped() {
      return asList.optional();
    },
  })
  .meta({ id: "Part" });
const asList: z.ZodType<z.infer<typeof Part>[], unknown[]> = z.codec(
  z.array(z.lazy(() => Part)),
  z.array(z.custom<z.infer<typeof Part>>(() => true)),
  { decode: (list) => list, encode: (list) => list },
) as never;

/** The table that decoder, encoder, document, client and `docs/wire-types.md` are held against. */
export const WIRE_ROWS: readonly WireRow[] = [
  {
    name: "number",
    code: "z.number()",
    schema: z.number(),
    server: "`number`",
    value: 1.5,
    wire: 1.5,
    document: { type: "number" },
    refused: [
      ["1.5", "type"],
      [null, "type"],
    ],
    unsendable: [Number.NaN, Number.POSITIVE_INFINITY],
    note: "`NaN` and the infinities have no JSON: a reply that holds one is a 500",
  },
  {
    name: "integer",
    code: "z.int()",
    schema: z.int(),
    server: "`number`",
    value: 9007199254740991,
    wire: 9007199254740991,
    document: { type: "integer" },
    refused: [
      [9007199254740992, "too_big"],
      [-9007199254740992, "too_small"],
      [1.5, "type"],
      ["1", "type"],
    ],
    unsendable: [1.5, 2 ** 53],
    note: "beyond ±2⁵³ − 1 a `number` is not exact: take `z.bigint()`",
  },
  {
    name: "bigint",
    code: "z.bigint()",
    schema: z.bigint(),
    server: "`bigint`",
    value: 12345678901234567890n,
    wire: "12345678901234567890",
    document: BIGINT,
    refused: [
      [12, "type"],
      ["1n", "format"],
      ["007", "format"],
      ["1.0", "format"],
    ],
    note: "up to 4300 digits",
  },
  {
    name: "decimal",
    code: "decimal({ precision: 10, scale: 2 })",
    schema: decimal({ precision: 10, scale: 2 }),
    server: "`string`",
    value: "1.10",
    wire: "1.10",
    document: {
      type: "string",
      format: "decimal",
      pattern: "^(?=\\D*(?:0\\.)?(?:\\d\\.?){1,10}$)-?(?:0|[1-9]\\d{0,9})(?:\\.\\d{1,2})?$",
    },
    refused: [
      [1.1, "type"],
      ["1.101", "format"],
      ["01", "format"],
      ["1e3", "format"],
      ["123456789.12", "format"],
    ],
    note: "exact; calculate with a library of your choice",
  },
  {
    name: "moment",
    code: "z.date()",
    schema: z.date(),
    server: "`Date`",
    value: day,
    wire: dayText,
    document: DATE_TIME,
    alsoRead: ["2026-01-15T09:30:00+01:00", "2026-01-15t08:30:00z"],
    refused: [
      ["2026-01-15", "format"],
      ["2026-01-15T08:30:00", "format"],
      ["2026-02-30T08:30:00Z", "format"],
      [1768465800000, "type"],
    ],
    unsendable: [new Date(Number.NaN), new Date(253402300800000)],
    note: "RFC 3339 with an offset; written in UTC, with milliseconds",
  },
  {
    name: "moment as text",
    code: "z.iso.datetime({ offset: true })",
    schema: z.iso.datetime({ offset: true }),
    server: "`string`",
    value: "2026-01-15T09:30:00+01:00",
    wire: "2026-01-15T09:30:00+01:00",
    document: { type: "string", format: "date-time" },
    refused: [
      ["2026-01-15", "format"],
      [5, "type"],
    ],
    note: "keeps the offset; without the option zod takes `Z` alone",
  },
  {
    name: "day",
    code: "z.iso.date()",
    schema: z.iso.date(),
    server: "`string`",
    value: "2026-01-15",
    wire: "2026-01-15",
    document: { type: "string", format: "date" },
    refused: [
      ["2026-02-30", "format"],
      [dayText, "format"],
    ],
  },
  {
    name: "time of day",
    code: "z.iso.time()",
    schema: z.iso.time(),
    server: "`string`",
    value: "08:30:00.5",
    wire: "08:30:00.5",
    document: { type: "string", format: "time-local" },
    refused: [
      ["25:00", "format"],
      ["08:30Z", "format"],
    ],
  },
  {
    name: "duration",
    code: "z.iso.duration()",
    schema: z.iso.duration(),
    server: "`string`",
    value: "PT1M30S",
    wire: "PT1M30S",
    document: { type: "string", format: "duration" },
    refused: [
      ["90", "format"],
      [90, "type"],
    ],
    note: "ISO 8601",
  },
  {
    name: "bytes",
    code: "bytes()",
    schema: bytes(),
    server: "`Uint8Array`",
    value: new Uint8Array([104, 101, 108, 108, 111]),
    wire: "aGVsbG8=",
    document: { type: "string", contentEncoding: "base64", "x-tenon-type": "Uint8Array" },
    refused: [
      ["%%%", "format"],
      ["aGVsbG8", "format"],
      ["aGVs bG8=", "format"],
      [[104], "type"],
    ],
    note: "base64 with padding, in the standard alphabet",
  },
  {
    name: "address",
    code: "z.instanceof(URL)",
    schema: z.instanceof(URL),
    server: "`URL`",
    value: new URL("https://example.com/a?b=c"),
    wire: "https://example.com/a?b=c",
    document: { type: "string", format: "uri", "x-tenon-type": "URL" },
    refused: [
      ["/a", "format"],
      [5, "type"],
    ],
    note: "absolute",
  },
  {
    name: "set",
    code: "z.set(z.date())",
    schema: z.set(z.date()),
    server: "`Set`",
    value: new Set([day, new Date(0)]),
    wire: [dayText, "1970-01-01T00:00:00.000Z"],
    document: { type: "array", items: DATE_TIME, "x-tenon-type": "Set" },
    refused: [
      [[dayText, 1], "type"],
      [{}, "type"],
    ],
    note: "an item that is sent twice is in it once",
  },
  {
    name: "set of texts",
    code: "z.set(z.string())",
    schema: z.set(z.string()),
    server: "`Set`",
    value: new Set(["a", "b"]),
    wire: ["a", "b"],
    document: { type: "array", items: { type: "string" }, uniqueItems: true, "x-tenon-type": "Set" },
    alsoRead: [["a", "b", "a"]],
    refused: [[["a", 1], "type"]],
  },
  {
    name: "set of sets",
    code: "z.set(z.set(z.date()))",
    schema: z.set(z.set(z.date())),
    server: "`Set`",
    value: new Set([new Set([day]), new Set()]),
    wire: [[dayText], []],
    document: {
      type: "array",
      items: { type: "array", items: DATE_TIME, "x-tenon-type": "Set" },
      "x-tenon-type": "Set",
    },
    refused: [[[["x"]], "format"]],
  },
  {
    name: "map",
    code: "z.map(z.bigint(), z.date())",
    schema: z.map(z.bigint(), z.date()),
    server: "`Map`",
    value: new Map([[7n, day]]),
    wire: [["7", dayText]],
    document: {
      type: "array",
      items: { type: "array", prefixItems: [BIGINT, DATE_TIME], items: {}, minItems: 2, maxItems: 2 },
      "x-tenon-type": "Map",
    },
    refused: [
      [{ 7: dayText }, "type"],
      [[["7"]], "type"],
      [[[7, dayText]], "type"],
    ],
    note: "entries, since a key can be anything",
  },
  {
    name: "record",
    code: "z.record(z.string(), z.date())",
    schema: z.record(z.string(), z.date()),
    server: "an object",
    value: { a: day },
    wire: { a: dayText },
    document: { type: "object", additionalProperties: DATE_TIME },
    refused: [
      [{ a: 1 }, "type"],
      [[], "type"],
    ],
  },
  {
    name: "big literal",
    code: "z.literal([1n, 2n])",
    schema: z.literal([1n, 2n]),
    server: "`bigint`",
    value: 2n,
    wire: "2",
    document: { type: "string", enum: ["1", "2"] },
    refused: [
      ["3", "value"],
      [2, "value"],
    ],
  },
  {
    name: "either",
    code: "z.union([z.bigint(), z.date(), z.null()])",
    schema: z.union([z.bigint(), z.date(), z.null()]),
    server: "what fits",
    value: day,
    wire: dayText,
    document: { anyOf: [BIGINT, DATE_TIME, { type: "null" }] },
    refused: [["neither", "format"]],
  },
  {
    name: "codec",
    code: "z.codec(z.iso.datetime(), z.number(), …)",
    schema: seconds,
    server: "its server side (`number`)",
    client: "its wire side (`string`)",
    value: 1768465800,
    clientValue: dayText,
    wire: dayText,
    document: { type: "string", format: "date-time" },
    refused: [
      ["x", "format"],
      [5, "type"],
    ],
  },
  {
    name: "codec of rich types",
    code: "z.codec(z.set(z.date()), z.array(z.date()), …)",
    schema: sorted,
    server: "its server side (an array)",
    client: "its wire side (`Set`)",
    value: [new Date(0), day],
    clientValue: new Set([new Date(0), day]),
    wire: ["1970-01-01T00:00:00.000Z", dayText],
    document: { type: "array", items: DATE_TIME, "x-tenon-type": "Set" },
    refused: [[["x"], "format"]],
  },
  {
    name: "recursive",
    code: "z.object({ at: z.date(), get parts() { return z.set(Part).optional(); } })",
    schema: Part,
    server: "as declared",
    value: {
      at: day,
      parts: new Set([{ at: day }]),
      byNumber: new Map([[1n, { at: day, parts: new Set() }]]),
      wrapped: [{ at: day }],
    },
    wire: {
      at: dayText,
      parts: [{ at: dayText }],
      byNumber: [["1", { at: dayText, parts: [] }]],
      wrapped: [{ at: dayText }],
    },
    document: { $ref: "#/components/schemas/Part" },
    refused: [
      [{ at: dayText, parts: [{ at: 5 }] }, "type"],
      [{ at: dayText, wrapped: [{}] }, "missing"],
    ],
    note: "through lists, sets, maps and codecs; at most 64 levels",
  },
];
