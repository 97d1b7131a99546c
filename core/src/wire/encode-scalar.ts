import type { SchemaNode } from "../schema/node.ts";
import { wrongType, wrongValue } from "./complain.ts";
import { coerce, isFile, isOfType } from "./decode-scalar.ts";
import { refused } from "./outcome.ts";
import type { Encoded } from "./outcome.ts";
import { WIRE_TYPES } from "./wire-type.ts";

/** A value that goes on the wire as it is. */
export function passed(value: unknown): Encoded {
  return { value, rich: value, complaints: [] };
}

/** Makes an outcome of decoding into one of encoding. */
export function encodedAs(outcome: { value: unknown; complaints: Encoded["complaints"] }): Encoded {
  return { ...outcome, rich: outcome.value };
}

/** Checks a server-side scalar; `undefined` for kinds that are none. */
export function encodeScalar(node: SchemaNode, value: unknown): Encoded | undefined {
  switch (node.kind) {
    case "string":
    case "number":
    case "boolean":
    case "bigint":
    case "date": {
      const coerced = node.coerces ? coerce(node.kind, value) : value;
      return isOfType(node.kind, coerced) ? passed(coerced) : refuse(node, expectedOf(node), value);
    }
    case "url":
    case "bytes":
      return isOfType(node.kind, value) ? passed(value) : refuse(node, node.kind, value);
    case "null":
      return value === null ? passed(null) : refuse(node, "null", value);
    case "undefined":
      return value === undefined ? passed(undefined) : refuse(node, "no value", value);
    case "never":
      return refuse(node, "no value", value);
    case "literal":
    case "enum":
      return node.values.includes(value as string)
        ? passed(value)
        : encodedAs(refused(value, wrongValue(node, node.values, value)));
    case "file":
      return isFile(value, node.accepts) ? passed(value) : refuse(node, "file", value);
    default:
      return undefined;
  }
}

/** Complains when a checked value cannot be written: a year beyond 9999, an endless integer. */
export function refuseUnwritable(node: SchemaNode, encoded: Encoded): Encoded {
  if (node.kind !== "date" && node.kind !== "bigint") {
    return encoded;
  }
  const type = WIRE_TYPES[node.kind];
  const value = encoded.rich as Date & bigint;
  if (encoded.complaints.length > 0 || type.encode(value) !== undefined) {
    return encoded;
  }
  return refuse(node, type.expected, value);
}

function refuse(node: SchemaNode, expected: string, value: unknown): Encoded {
  return encodedAs(refused(value, wrongType(node, expected, value)));
}

function expectedOf(node: SchemaNode): string {
  return node.kind === "number" && node.isInteger ? "integer" : node.kind;
}
