import type { SchemaObject } from "@tenon/core/openapi";
import { textFor } from "./pattern.ts";

const BY_FORMAT: Readonly<Record<string, string>> = {
  "date-time": "2026-01-31T12:00:00.000Z",
  date: "2026-01-31",
  time: "12:00:00Z",
  "time-local": "12:00:00",
  duration: "P1DT2H",
  email: "ada@example.com",
  uuid: "2f1f6d1e-6f3c-4a59-9c9e-3a1c5f7b8d10",
  uri: "https://example.com/",
  "uri-reference": "about:blank",
  hostname: "example.com",
  ipv4: "192.0.2.1",
  ipv6: "2001:db8::1",
};

/** A text that a schema takes; named after where it stands, so that a reader sees what is what. */
export function textExample(schema: SchemaObject, name: string | undefined): string | undefined {
  const patterns = patternsOf(schema);
  const format = BY_FORMAT[schema.format ?? ""];
  const candidates = [
    format,
    schema.contentEncoding === undefined ? undefined : "AQID",
    name ?? "text",
    ...combine(patterns),
  ];
  return candidates
    .map((text) => fit(text, schema))
    .find((text) => text !== undefined && matches(text, patterns));
}

/** Texts that may fit all patterns: one of each, those that begin a text first, those that end it last. */
function combine(patterns: readonly string[]): (string | undefined)[] {
  const ordered = [...patterns].sort((one, other) => rank(one) - rank(other));
  const texts = ordered.map(textFor);
  return [...texts, texts.includes(undefined) ? undefined : texts.join("")];
}

function rank(pattern: string): number {
  return pattern.startsWith("^") ? 0 : pattern.endsWith("$") ? 2 : 1;
}

function patternsOf(schema: SchemaObject): readonly string[] {
  const others = (schema.allOf ?? []).map((part) => (part as SchemaObject).pattern);
  return [schema.pattern, ...others].filter((pattern) => pattern !== undefined);
}

function matches(text: string, patterns: readonly string[]): boolean {
  try {
    return patterns.every((pattern) => new RegExp(pattern, "u").test(text));
  } catch {
    return false;
  }
}

/** Makes a text as long as it must be, if that leaves its format alone. */
function fit(
  text: string | undefined,
  { minLength = 0, maxLength = Infinity, format }: SchemaObject,
): string | undefined {
  if (text === undefined) {
    return undefined;
  }
  const isFree = format === undefined || BY_FORMAT[format] === undefined;
  const last = text.slice(-1) || "x";
  const fitted = isFree ? text.slice(0, maxLength) + last.repeat(Math.max(0, minLength - text.length)) : text;
  return fitted.length >= minLength && fitted.length <= maxLength ? fitted : undefined;
}
