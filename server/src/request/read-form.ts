import type { MaybePromise } from "@tenon/core";
import type { BodyFailure, Exchange } from "../exchange/exchange.ts";
import { isPromise } from "../exchange/promise.ts";
import { frameworkError } from "../response/problem.ts";
import type { FormLimits, FormParts } from "./form.ts";
import { essence } from "./media-type.ts";
import { parseQuery } from "./query-string.ts";
import { checkDeclaredLength, tooLarge } from "./read-json.ts";

const MIB = 1024 * 1024;

/** Limits by default. */
export const FORM_LIMITS: FormLimits = { total: 50 * MIB, file: 10 * MIB, text: MIB, parts: 1000 };

const TYPES = { urlencoded: "application/x-www-form-urlencoded", multipart: "multipart/form-data" } as const;

/** Reads a form body: 415 before a byte is read, then 413 as soon as a limit is passed, then 400. */
export function readForm(
  exchange: Exchange,
  encoding: "urlencoded" | "multipart",
  limits: FormLimits,
): MaybePromise<FormParts> {
  if (!exchange.hasBody) {
    return new Map();
  }
  const contentType = exchange.header("content-type") ?? "";
  const type = essence(contentType);
  if (type === TYPES.multipart) {
    checkDeclaredLength(exchange, limits.total);
    return import("./read-multipart.ts").then(({ readMultipart }) =>
      readMultipart(exchange, contentType, limits),
    );
  }
  if (encoding === "multipart" || type !== TYPES.urlencoded) {
    throw frameworkError("UNSUPPORTED_MEDIA_TYPE", `the body must be ${TYPES[encoding]}`);
  }
  const limit = Math.min(limits.total, limits.text);
  checkDeclaredLength(exchange, limit);
  const read = exchange.readBody(limit);
  return isPromise(read) ? read.then((bytes) => parseUrlencoded(bytes, limit)) : parseUrlencoded(read, limit);
}

function parseUrlencoded(bytes: Uint8Array | BodyFailure, limit: number): FormParts {
  if (typeof bytes === "string") {
    throw bytes === "too-large" ? tooLarge(limit) : frameworkError("MALFORMED_BODY", "the body breaks off");
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw frameworkError("MALFORMED_BODY", "the body is not valid UTF-8");
  }
  const record = parseQuery(text, 0);
  if (record === "encoding") {
    throw frameworkError("MALFORMED_BODY", "the body holds a broken percent-encoding");
  }
  if (record === "too-many") {
    throw frameworkError("TOO_LARGE", "the body holds too many fields");
  }
  return new Map(
    Object.entries(record).map(([name, value]) => [name, typeof value === "string" ? [value] : value]),
  );
}
