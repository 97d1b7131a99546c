import { encodeBase64 } from "./base64.ts";
import { encodeBigint } from "./bigint-text.ts";
import { encodeDate } from "./date-text.ts";

// The writing halves of the wire-type table by name, so that a client does not carry the reading halves.

// Deeper than any JSON that a server takes; a value that goes on beyond is one that contains itself.
const MAX_DEPTH = 1000;

/**
 * Turns a value into plain JSON by the class of what it holds, without a schema: `Date`, `bigint`, `Set`, `Map`,
 * `URL` and bytes become their wire form. `Blob` and `File` stay, for multipart bodies.
 */
export function toWire(value: unknown): unknown {
  return lower(value, 0);
}

/** Writes a value as the text that a path, query, header or cookie carries. */
export function toText(value: unknown): string {
  const plain = toWire(value);
  return typeof plain === "string" ? plain : (JSON.stringify(plain) ?? "");
}

function lower(value: unknown, depth: number): unknown {
  if (typeof value === "bigint") {
    return encodeBigint(value) ?? refuse();
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  if (depth > MAX_DEPTH) {
    throw new TypeError("This value contains itself, so it has no JSON.");
  }
  if (Array.isArray(value)) {
    return value.map((item) => lower(item, depth + 1));
  }
  return lowerObject(value, depth);
}

function lowerObject(value: object, depth: number): unknown {
  if (value instanceof Date) {
    return encodeDate(value) ?? refuse();
  }
  if (value instanceof Set) {
    return Array.from(value, (item) => lower(item, depth + 1));
  }
  if (value instanceof Map) {
    return Array.from(value, ([key, item]) => [lower(key, depth + 2), lower(item, depth + 2)]);
  }
  if (value instanceof URL) {
    return value.href;
  }
  if (value instanceof Uint8Array) {
    return encodeBase64(value);
  }
  if (typeof Blob === "function" && value instanceof Blob) {
    return value;
  }
  if ("toJSON" in value && typeof value.toJSON === "function") {
    return lower(value.toJSON(), depth + 1);
  }
  const plain: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    if (key !== "__proto__") {
      plain[key] = lower((value as Record<string, unknown>)[key], depth + 1);
    }
  }
  return plain;
}

function refuse(): never {
  throw new TypeError("This date or integer is out of range, so it has no JSON.");
}
