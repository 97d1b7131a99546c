import type { SchemaObject } from "openapi3-ts/oas31";
import { isRequired } from "./presence.ts";
import type { SchemaWriter } from "./writer.ts";
import type { IntersectionNode, ObjectNode, RecordNode, SchemaNode } from "../schema/node.ts";

/** An object. What it refuses is said to callers only: the server may come to send more. */
export function writeObject(node: ObjectNode, writer: SchemaWriter): SchemaObject {
  const listed = node.properties.filter((property) => property.node.kind !== "undefined");
  const required = listed.filter((property) => isRequired(property.node, writer.direction));
  return {
    type: "object",
    // Entries, so that a key like `__proto__` stays a key.
    properties: Object.fromEntries(listed.map((property) => [property.key, writer.write(property.node)])),
    ...(required.length === 0 ? {} : { required: required.map(({ key }) => key) }),
    ...unknownKeys(node, writer),
  };
}

function unknownKeys(node: ObjectNode, writer: SchemaWriter): SchemaObject {
  switch (node.unknownKeys) {
    case "strip":
      return {};
    case "strict":
      return writer.direction === "input" ? { additionalProperties: false } : {};
    case "passthrough":
      return { additionalProperties: true };
    default:
      return { additionalProperties: writer.write(node.unknownKeys) };
  }
}

/** A record: values by key, and what keys must look like. */
export function writeRecord(node: RecordNode, writer: SchemaWriter): SchemaObject {
  if (node.isLoose) {
    return { type: "object", additionalProperties: true };
  }
  const names = writeKeys(node.key, writer);
  return {
    type: "object",
    additionalProperties: writer.write(node.value),
    ...(names === undefined ? {} : { propertyNames: names }),
    ...(node.requiredKeys === undefined || node.requiredKeys.length === 0
      ? {}
      : { required: [...node.requiredKeys] }),
  };
}

/** What the texts of keys must look like; undefined for any text. */
function writeKeys(key: SchemaNode, writer: SchemaWriter): SchemaObject | undefined {
  switch (key.kind) {
    case "string": {
      const schema = writer.write(key);
      return Object.keys(schema).length > 1 || schema.$ref !== undefined ? schema : undefined;
    }
    case "literal":
    case "enum":
      return { enum: key.values.filter((value) => value !== undefined).map(String) };
    case "number":
      return { pattern: key.isInteger ? "^-?\\d+$" : "^-?\\d+(?:\\.\\d+)?$" };
    default:
      return undefined;
  }
}

/** Both sides at once. Two objects become one, since a strict side would refuse the keys of the other. */
export function writeIntersection(node: IntersectionNode, writer: SchemaWriter): SchemaObject {
  const left = writer.write(node.left);
  const right = writer.write(node.right);
  return (isMergeable(left) && isMergeable(right) && mergeObjects(left, right)) || { allOf: [left, right] };
}

const MERGEABLE: ReadonlySet<string> = new Set(["type", "properties", "required", "additionalProperties"]);

function isMergeable(schema: SchemaObject): boolean {
  return (
    schema.type === "object" &&
    Object.keys(schema).every((key) => MERGEABLE.has(key)) &&
    (schema.additionalProperties === undefined || schema.additionalProperties === false)
  );
}

function mergeObjects(left: SchemaObject, right: SchemaObject): SchemaObject | undefined {
  const leftKeys = Object.keys(left.properties ?? {});
  if (leftKeys.some((key) => Object.hasOwn(right.properties ?? {}, key))) {
    return undefined;
  }
  const required = [...(left.required ?? []), ...(right.required ?? [])];
  const isStrict = left.additionalProperties === false && right.additionalProperties === false;
  return {
    type: "object",
    properties: { ...left.properties, ...right.properties },
    ...(required.length === 0 ? {} : { required }),
    ...(isStrict ? { additionalProperties: false } : {}),
  };
}
