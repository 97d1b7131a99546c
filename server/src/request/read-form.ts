import type { MaybePromise } from "@tenon/core";
import type { BodyFailure, Exchange } from "../exchange/exchange.ts";
import { isPromise } from "../exchange/promise.ts";
import { frameworkError } from "../response/problem.ts";
import type { FormRules } from "../upload/form-limits.ts";
import type { FormParts } from "../upload/form-parts.ts";
import type { Spool } from "../upload/spool.ts";
import { Storage } from "../upload/storage.ts";
import { essence } from "./media-type.ts";
import { parseQuery } from "./query-string.ts";
import { checkCoding, checkDeclaredLength, tooLarge } from "./read-json.ts";
import type { RequestContext } from "./request-context.ts";

const TYPES = { urlencoded: "application/x-www-form-urlencoded", multipart: "multipart/form-data" } as const;
const NO_PARTS: FormParts = Object.freeze(Object.create(null));

/** Reads a form body: 415 before a byte is read, then 413 as soon as a limit is passed, then 400. */
export function readForm(
  context: RequestContext,
  encoding: "urlencoded" | "multipart",
  rules: FormRules,
  spool: Spool | undefined,
): MaybePromise<FormParts> {
  const { exchange } = context;
  const { limits } = rules;
  if (!exchange.hasBody) {
    return NO_PARTS;
  }
  const contentType = exchange.header("content-type") ?? "";
  const type = essence(contentType);
  checkCoding(exchange);
  if (type === TYPES.multipart) {
    checkDeclaredLength(exchange, limits.total);
    return import("../upload/read-multipart.ts").then(({ readMultipart }) =>
      readMultipart(context, contentType, rules, new Storage(spool, context, limits)),
    );
  }
  if (encoding === "multipart" || type !== TYPES.urlencoded) {
    throw frameworkError("UNSUPPORTED_MEDIA_TYPE", `the body must be ${TYPES[encoding]}`, {
      headers: { "accept-post": TYPES[encoding] },
    });
  }
  return readUrlencoded(exchange, Math.min(limits.total, limits.text));
}

function readUrlencoded(exchange: Exchange, limit: number): MaybePromise<FormParts> {
  checkDeclaredLength(exchange, limit);
  const read = exchange.readBody(limit);
  return isPromise(read) ? read.then((bytes) => parseUrlencoded(bytes, limit)) : parseUrlencoded(read, limit);
}

const UTF8 = new TextDecoder("utf-8", { fatal: true });

function parseUrlencoded(bytes: Uint8Array | BodyFailure, limit: number): FormParts {
  if (typeof bytes === "string") {
    throw bytes === "too-large" ? tooLarge(limit) : frameworkError("MALFORMED_BODY", "the body breaks off");
  }
  let text: string;
  try {
    text = UTF8.decode(bytes);
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
  return record;
}
