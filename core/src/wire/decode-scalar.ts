import type { LiteralValue, SchemaNode } from "../schema/node.ts";
import { wrongForm, wrongType, wrongValue } from "./complain.ts";
import { accepted, type Outcome, refused } from "./outcome.ts";
import { WIRE_TYPES } from "./wire-type.ts";

/** Decodes a scalar kind; `undefined` for kinds that are none. */
export function decodeScalar(node: SchemaNode, input: unknown): Outcome | undefined {
  switch (node.kind) {
    case "string":
    case "number":
    case "boolean":
    case "bigint":
    case "date":
      return node.coerces ? decodeCoerced(node.kind, node, input) : decodeTyped(node.kind, node, input);
    case "url":
    case "bytes":
      return decodeTyped(node.kind, node, input);
    case "null":
      return input === null ? accepted(null) : refused(input, wrongType(node, "null", input));
    case "undefined":
      return input === undefined ? accepted(undefined) : refused(input, wrongType(node, "no value", input));
    case "never":
      return refused(input, wrongType(node, "no value", input));
    case "literal":
    case "enum":
      return decodeValue(node, node.values, input);
    case "file":
      return isFile(input, node.accepts) ? accepted(input) : refused(input, wrongType(node, "file", input));
    default:
      return undefined;
  }
}

/** Tells whether a value is what a file schema asks for. */
export function isFile(value: unknown, accepts: "File" | "Blob"): boolean {
  const Class = accepts === "File" ? globalThis.File : globalThis.Blob;
  return typeof Class === "function" && value instanceof Class;
}

/** The form in which JSON carries a literal value. */
export function literalOnWire(value: LiteralValue): LiteralValue {
  return typeof value === "bigint" ? String(value) : value;
}

type TypedKind = "string" | "number" | "boolean" | "bigint" | "date" | "url" | "bytes";

function decodeTyped(kind: TypedKind, node: SchemaNode, input: unknown): Outcome {
  switch (kind) {
    case "string":
    case "boolean":
      return typeof input === kind ? accepted(input) : refused(input, wrongType(node, kind, input));
    case "number": {
      const expected = node.kind === "number" && node.isInteger ? "integer" : "number";
      return Number.isFinite(input) ? accepted(input) : refused(input, wrongType(node, expected, input));
    }
    default: {
      const type = WIRE_TYPES[kind];
      if (typeof input !== "string") {
        return refused(input, wrongType(node, type.expected, input));
      }
      const value = type.decode(input);
      return value === undefined ? refused(input, wrongForm(node, type, input)) : accepted(value);
    }
  }
}

/** Coerces a value as zod does where the author asked for it; a failure leaves the value as it was. */
export function coerce(kind: "string" | "number" | "boolean" | "bigint" | "date", input: unknown): unknown {
  try {
    switch (kind) {
      case "string":
        return String(input);
      case "number":
        return Number(input);
      case "boolean":
        return Boolean(input);
      case "bigint":
        return BigInt(input as string);
      case "date":
        return new Date(input as string);
    }
  } catch {
    return input;
  }
}

/** Tells whether a server-side value is of a scalar type. */
export function isOfType(kind: TypedKind, value: unknown): boolean {
  switch (kind) {
    case "string":
    case "boolean":
    case "bigint":
      return typeof value === kind;
    case "number":
      return Number.isFinite(value);
    case "date":
      return value instanceof Date && !Number.isNaN(value.getTime());
    default:
      return WIRE_TYPES[kind].isInstance(value);
  }
}

function decodeCoerced(
  kind: "string" | "number" | "boolean" | "bigint" | "date",
  node: SchemaNode,
  input: unknown,
): Outcome {
  const value = coerce(kind, input);
  return isOfType(kind, value) ? accepted(value) : refused(input, wrongType(node, kind, input));
}

function decodeValue(node: SchemaNode, values: readonly LiteralValue[], input: unknown): Outcome {
  for (const value of values) {
    if (literalOnWire(value) === input) {
      return accepted(value);
    }
  }
  return refused(input, wrongValue(node, values, input));
}
