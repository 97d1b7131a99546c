import type { SchemaIssue } from "../schema/issue.ts";
import type { LiteralValue, SchemaNode } from "../schema/node.ts";
import { customMessage } from "./message.ts";

/** The value is of another type. */
export function wrongType(node: SchemaNode, expected: string, input: unknown): SchemaIssue {
  if (input === undefined) {
    return missing(node);
  }
  if (typeof input === "number" && !Number.isFinite(input)) {
    const message = said(node, expected, input) ?? "Expected a finite number";
    return { path: [], code: "not_finite", message, expected };
  }
  const message = said(node, expected, input) ?? `Expected ${expected}`;
  return { path: [], code: "type", message, expected };
}

/** The text is not one that stands for the type. */
export function wrongForm(
  node: SchemaNode,
  type: { readonly format: string; readonly expected: string },
  input: unknown,
): SchemaIssue {
  const message = said(node, type.expected, input) ?? `Expected ${type.expected}`;
  return { path: [], code: "format", message, format: type.format };
}

/** Nothing is where a value must be. */
export function missing(node: SchemaNode): SchemaIssue {
  const message = said(node, expectedType(node), undefined) ?? "A value is required";
  return { path: [], code: "missing", message };
}

/** The value is none of those listed. */
export function wrongValue(node: SchemaNode, values: readonly LiteralValue[], input: unknown): SchemaIssue {
  if (input === undefined) {
    return missing(node);
  }
  const listed = listValues(values);
  const raw = { code: "invalid_value", values, input, inst: node.schema };
  const message = customMessage(node.schema, raw) ?? `Expected one of ${JSON.stringify(listed)}`;
  return { path: [], code: "value", message, values: listed };
}

/** The key is not one that the object has. */
export function unknownKey(node: SchemaNode, key: string, input: unknown): SchemaIssue {
  const raw = { code: "unrecognized_keys", keys: [key], input, inst: node.schema };
  const message = customMessage(node.schema, raw) ?? "This key is not expected here";
  return { path: [key], code: "unknown_key", message };
}

/** `__proto__` would replace the prototype of whatever it is copied into. */
export function forbiddenKey(key: string): SchemaIssue {
  return { path: [key], code: "forbidden_key", message: "This key is not allowed" };
}

/** The number is too large for its type, or none. */
export function notFinite(): SchemaIssue {
  return { path: [], code: "not_finite", message: "Expected a finite number", expected: "number" };
}

/** The value goes on below the depth limit. */
export function tooDeep(limit: number): SchemaIssue {
  return { path: [], code: "too_deep", message: `Nested deeper than ${limit} levels`, maximum: limit };
}

/** No option of a discriminated union claims the tag. */
export function wrongTag(
  node: SchemaNode,
  discriminator: string,
  tags: readonly LiteralValue[],
  input: unknown,
): SchemaIssue {
  const options = listValues(tags);
  const raw = { code: "invalid_union", note: "No matching discriminator", discriminator, options, input };
  const message =
    customMessage(node.schema, { ...raw, inst: node.schema }) ?? `Expected one of ${JSON.stringify(options)}`;
  return { path: [discriminator], code: "discriminator", message, discriminator, options };
}

/** A key comes twice where each may come once. */
export function duplicateKey(): SchemaIssue {
  return { path: [], code: "duplicate", message: "This key occurs more than once" };
}

/** A one-way schema has no encoding. */
export function oneWay(): SchemaIssue {
  return {
    path: [],
    code: "one_way",
    message: "This schema can only be decoded; use a codec to encode as well",
  };
}

/** Any other complaint, in words alone. */
export function complaintOf(message: string): SchemaIssue {
  return { path: [], code: "custom", message };
}

/** Literal values as JSON can list them. */
export function listValues(values: readonly LiteralValue[]): (string | number | boolean | null)[] {
  return values
    .filter((value) => value !== undefined)
    .map((value) => (typeof value === "bigint" ? String(value) : value));
}

function said(node: SchemaNode, expected: string, input: unknown): string | undefined {
  return customMessage(node.schema, { code: "invalid_type", expected, input, inst: node.schema });
}

function expectedType(node: SchemaNode): string {
  return node.kind === "number" && node.isInteger ? "integer" : node.kind;
}
