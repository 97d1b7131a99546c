import { decodeBase64, encodeBase64 } from "./base64.ts";
import { decodeBigint, encodeBigint } from "./bigint-text.ts";
import { decodeDate, encodeDate } from "./date-text.ts";

/** A type that plain JSON lacks, and what stands for it on the wire. */
export interface WireType<Value> {
  /** What the wire carries. */
  readonly json: "string" | "array";
  /** What a text must look like, in words that an issue can use. */
  readonly expected: string;
  /** What superjson calls the type; bytes are revived by a transformer registered under this name. */
  readonly annotation: string | readonly ["custom", string];
  readonly isInstance: (value: unknown) => value is Value;
}

/** A wire type that is written as a text. */
export interface TextWireType<Value> extends WireType<Value> {
  readonly json: "string";
  /** The `format` or `contentEncoding` that a document states. */
  readonly format: string;
  readonly decode: (text: string) => Value | undefined;
  readonly encode: (value: Value) => string | undefined;
}

const date: TextWireType<Date> = {
  json: "string",
  format: "date-time",
  expected: "an RFC 3339 date and time",
  annotation: "Date",
  isInstance: (value) => value instanceof Date,
  decode: decodeDate,
  encode: encodeDate,
};

const bigint: TextWireType<bigint> = {
  json: "string",
  format: "bigint",
  expected: "an integer written as a decimal string",
  annotation: "bigint",
  isInstance: (value) => typeof value === "bigint",
  decode: decodeBigint,
  encode: encodeBigint,
};

const url: TextWireType<URL> = {
  json: "string",
  format: "uri",
  expected: "an absolute URL",
  annotation: "URL",
  isInstance: (value) => value instanceof URL,
  decode: (text) => {
    try {
      return new URL(text);
    } catch {
      return undefined;
    }
  },
  encode: (value) => value.href,
};

const bytes: TextWireType<Uint8Array> = {
  json: "string",
  format: "base64",
  expected: "base64 in the standard alphabet",
  annotation: ["custom", "bytes"],
  isInstance: (value) => value instanceof Uint8Array,
  decode: decodeBase64,
  encode: encodeBase64,
};

const set: WireType<ReadonlySet<unknown>> = {
  json: "array",
  expected: "array",
  annotation: "set",
  isInstance: (value) => value instanceof Set,
};

const map: WireType<ReadonlyMap<unknown, unknown>> = {
  json: "array",
  expected: "an array of [key, value] entries",
  annotation: "map",
  isInstance: (value) => value instanceof Map,
};

/** The wire-type table. Decoder, encoder, superjson's `meta`, the document and the client all read it. */
export const WIRE_TYPES: {
  readonly date: TextWireType<Date>;
  readonly bigint: TextWireType<bigint>;
  readonly url: TextWireType<URL>;
  readonly bytes: TextWireType<Uint8Array>;
  readonly set: WireType<ReadonlySet<unknown>>;
  readonly map: WireType<ReadonlyMap<unknown, unknown>>;
} = { date, bigint, url, bytes, set, map };
