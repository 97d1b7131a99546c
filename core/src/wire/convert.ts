import type { MaybePromise, SchemaResult } from "../schema/issue.ts";
import { readSchema } from "../schema/read-schema.ts";
import { decodeNode } from "./decode.ts";
import { encodeNode } from "./encode.ts";
import { SchemaError } from "./schema-error.ts";

/** Any schema whose output type can be read: zod 4 and every other Standard Schema. */
export interface TypedSchema<Output> {
  readonly "~standard": { readonly types?: { readonly output: Output } | undefined };
}

/** Turns a server-side value into plain JSON by its schema, as replies do; throws a `SchemaError`. */
export function encode(schema: TypedSchema<unknown>, value: unknown): unknown {
  return unwrap("encode", encodeNode(readSchema(schema), value));
}

/** Turns plain JSON into a server-side value by its schema, as request bodies do; throws a `SchemaError`. */
export function decode<Output>(schema: TypedSchema<Output>, json: unknown): Output {
  return unwrap("decode", decodeNode(readSchema(schema), json)) as Output;
}

/** `encode` with a result instead of an exception; a promise where the schema has asynchronous parts. */
export function safeEncode(schema: TypedSchema<unknown>, value: unknown): MaybePromise<SchemaResult> {
  return encodeNode(readSchema(schema), value);
}

/** `decode` with a result instead of an exception; a promise where the schema has asynchronous parts. */
export function safeDecode(schema: TypedSchema<unknown>, json: unknown): MaybePromise<SchemaResult> {
  return decodeNode(readSchema(schema), json);
}

function unwrap(action: "encode" | "decode", result: MaybePromise<SchemaResult>): unknown {
  if (result instanceof Promise) {
    result.catch(() => {});
    const safe = action === "encode" ? "safeEncode" : "safeDecode";
    throw new TypeError(`This schema has asynchronous parts; use \`await ${safe}(…)\`.`);
  }
  if (!result.ok) {
    throw new SchemaError(action, result.issues, result.truncated);
  }
  return result.value;
}
