import type { MaybePromise } from "@tenon/core";
import type { BodyFailure, Exchange } from "../exchange/exchange.ts";
import { isPromise } from "../exchange/promise.ts";
import { type FrameworkError, frameworkError } from "../response/problem.ts";
import { exceedsDepth, JSON_DEPTH, locateJsonFault } from "./json.ts";
import { isJson } from "./media-type.ts";

/** What a JSON body must keep to. */
export interface JsonRules {
  /** Bytes. */
  readonly limit: number;
  /** The schema could follow the value down, so its nesting is counted. */
  readonly isDeep: boolean;
  /** The media type is asked for without a body, too: no simple cross-site request can send it. */
  readonly isTypeNeeded: boolean;
  /** A body without a media type is taken for JSON. */
  readonly isUntypedRead: boolean;
}

// Ignores a byte order mark (RFC 8259, 8.1).
const UTF8 = new TextDecoder("utf-8", { fatal: true });

/** No body came: told apart from `null`. */
export const NO_BODY: unique symbol = Symbol("no body");

/**
 * Reads a JSON body: 415 before a byte is read, then 413, then 400.
 * Throws the framework's failure; gives `NO_BODY` where the request has none.
 */
export function readJson(exchange: Exchange, rules: JsonRules): MaybePromise<unknown> {
  if (!exchange.hasBody && !rules.isTypeNeeded) {
    return NO_BODY;
  }
  const type = exchange.header("content-type");
  if (type === undefined ? !rules.isUntypedRead : !isJson(type)) {
    throw frameworkError("UNSUPPORTED_MEDIA_TYPE", "the body must be application/json in UTF-8", {
      headers: { "accept-post": "application/json" },
    });
  }
  if (!exchange.hasBody) {
    return NO_BODY;
  }
  checkCoding(exchange);
  checkDeclaredLength(exchange, rules.limit);
  const read = exchange.readBody(rules.limit);
  return isPromise(read) ? read.then((bytes) => parse(bytes, rules)) : parse(read, rules);
}

/** Reads the input of a socket, which travels as JSON in the query: a handshake has no body. */
export function readJsonParameter(text: string | readonly string[] | undefined, isDeep: boolean): unknown {
  return typeof text === "string" ? parseText(text, isDeep) : NO_BODY;
}

/**
 * Refuses a body that is compressed: nobody here could read it (RFC 9110, 8.4), and what was made of its bytes would be
 * another failure than the caller's.
 */
export function checkCoding(exchange: Exchange): void {
  const coding = exchange.header("content-encoding");
  if (coding !== undefined && coding !== "" && coding.toLowerCase() !== "identity") {
    throw frameworkError("UNSUPPORTED_MEDIA_TYPE", "the body must not be compressed");
  }
}

/** Refuses a body whose declared length is over the limit, before a byte of it is read. */
export function checkDeclaredLength(exchange: Exchange, limit: number): void {
  const declared = exchange.header("content-length");
  if (declared !== undefined && Number(declared) > limit) {
    throw tooLarge(limit);
  }
}

/** 413. The connection is closed: the rest of the body is not wanted. */
export function tooLarge(limit: number): FrameworkError {
  return frameworkError("TOO_LARGE", `the body is larger than ${limit} bytes`, {
    headers: { connection: "close" },
  });
}

function parse(bytes: Uint8Array | BodyFailure, { limit, isDeep }: JsonRules): unknown {
  if (typeof bytes === "string") {
    throw bytes === "too-large" ? tooLarge(limit) : frameworkError("MALFORMED_BODY", "the body breaks off");
  }
  if (bytes.length === 0) {
    return NO_BODY;
  }
  let text: string;
  try {
    text = UTF8.decode(bytes);
  } catch {
    throw frameworkError("MALFORMED_BODY", "the body is not valid UTF-8");
  }
  return parseText(text, isDeep);
}

/** Parses JSON text. Throws 400 that says where it breaks, without repeating it. */
export function parseText(text: string, isDeep: boolean): unknown {
  if (isDeep && exceedsDepth(text)) {
    throw frameworkError("MALFORMED_BODY", `the body is nested deeper than ${JSON_DEPTH} levels`);
  }
  try {
    return JSON.parse(text);
  } catch {
    const byte = new TextEncoder().encode(text.slice(0, Math.max(0, locateJsonFault(text)))).length;
    throw frameworkError("MALFORMED_BODY", `the body is no valid JSON from byte ${byte} on`, {
      refused: { byte, body: text },
    });
  }
}
