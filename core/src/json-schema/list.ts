import type { SchemaObject } from "openapi3-ts/oas31";
import { optionalFrom } from "../wire/tuple.ts";
import type { Check } from "../schema/check.ts";
import { isRequired } from "./presence.ts";
import type { SchemaWriter } from "./writer.ts";
import type { ArrayNode, MapNode, SetNode, TupleNode } from "../schema/node.ts";

/** An array. */
export function writeArray(node: ArrayNode, writer: SchemaWriter): SchemaObject {
  return { type: "array", items: writer.write(node.element), ...sizes(node.checks) };
}

/**
 * A set, which JSON carries as an array. A caller may name an item twice, which means it once; the server never does, as
 * far as items are told apart by their value.
 */
export function writeSet(node: SetNode, writer: SchemaWriter): SchemaObject {
  return {
    type: "array",
    items: writer.write(node.element),
    ...(writer.direction === "output" && SCALARS.has(node.element.kind) ? { uniqueItems: true } : {}),
    ...sizes(node.checks),
    "x-tenon-type": "Set",
  };
}

/** A map, which JSON carries as an array of entries. */
export function writeMap(node: MapNode, writer: SchemaWriter): SchemaObject {
  const entry: SchemaObject = {
    type: "array",
    prefixItems: [writer.write(node.key), writer.write(node.value)],
    items: {},
    minItems: 2,
    maxItems: 2,
  };
  return { type: "array", items: entry, ...sizes(node.checks), "x-tenon-type": "Map" };
}

/** A tuple; items at its end may be absent where their schemas allow it. */
export function writeTuple(node: TupleNode, writer: SchemaWriter): SchemaObject {
  const minimum = optionalFrom(node.items, (item) => !isRequired(item, writer.direction));
  return {
    type: "array",
    ...(node.items.length === 0 ? {} : { prefixItems: node.items.map((item) => writer.write(item)) }),
    // With `maxItems` it says what `items: false` would, which Spectral and the document types do not know.
    items: node.rest === undefined ? {} : writer.write(node.rest),
    ...(node.rest === undefined ? { maxItems: node.items.length } : {}),
    ...(minimum === 0 ? {} : { minItems: minimum }),
    ...sizes(node.checks),
  };
}

function sizes(checks: readonly Check[]): SchemaObject {
  const schema: SchemaObject = {};
  for (const check of checks) {
    switch (check.kind) {
      case "min_length":
      case "min_size":
        schema.minItems = Math.max(schema.minItems ?? 0, check.limit);
        break;
      case "max_length":
      case "max_size":
        schema.maxItems = Math.min(schema.maxItems ?? Infinity, check.limit);
        break;
      case "length":
      case "size":
        schema.minItems = check.limit;
        schema.maxItems = check.limit;
    }
  }
  return schema;
}

const SCALARS: ReadonlySet<string> = new Set(["string", "number", "boolean", "bigint", "enum", "literal"]);
