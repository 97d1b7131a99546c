import type { SchemaObject } from "openapi3-ts/oas31";
import type { SchemaNode } from "../schema/node.ts";
import { writeArray, writeMap, writeSet, writeTuple } from "./list.ts";
import { overlay, withDefault, withMeta } from "./meta.ts";
import { writeIntersection, writeObject, writeRecord } from "./object.ts";
import { writeForeign } from "./foreign.ts";
import { writeFile, writeNumber, writeString, writeTyped, writeValues } from "./scalar.ts";
import { makeNullable, writeDiscriminatedUnion, writeUnion } from "./union.ts";
import type { SchemaWriter } from "./writer.ts";

/**
 * Describes a node as JSON Schema 2020-12 by its wire side, with what its author said about it.
 * Its parts are handed back to the writer, which decides what gets a name.
 */
export function describeNode(node: SchemaNode, writer: SchemaWriter): SchemaObject {
  return withMeta(node, writeKind(node, writer));
}

function writeKind(node: SchemaNode, writer: SchemaWriter): SchemaObject {
  switch (node.kind) {
    case "string":
      return writeString(node);
    case "number":
      return writeNumber(node);
    case "boolean":
    case "null":
      return { type: node.kind };
    case "date":
    case "bigint":
    case "url":
    case "bytes":
      return writeTyped(node.kind);
    case "literal":
    case "enum":
      return writeValues(node);
    case "file":
      return writeFile(node);
    case "unknown":
      return {};
    case "undefined":
    case "never":
      return { not: {} };
    case "object":
      return writeObject(node, writer);
    case "record":
      return writeRecord(node, writer);
    case "array":
      return writeArray(node, writer);
    case "set":
      return writeSet(node, writer);
    case "tuple":
      return writeTuple(node, writer);
    case "map":
      return writeMap(node, writer);
    case "union":
      return writeUnion(node, writer);
    case "discriminatedUnion":
      return writeDiscriminatedUnion(node, writer);
    case "intersection":
      return writeIntersection(node, writer);
    case "nullable":
      return makeNullable(writer.write(node.inner));
    case "optional":
    case "nonoptional":
    case "readonly":
    case "lazy":
    case "catch":
      return writer.write(node.inner);
    case "default":
    case "prefault":
      return withDefault(node, writer.write(node.inner), writer);
    case "codec":
    case "pipe":
      return writer.write(node.in);
    case "preprocess":
      // It takes whatever its function can make sense of; what it makes is the best that can be said.
      return writer.write(node.out);
    case "transform":
    case "custom":
    case "island":
    case "standard":
      return overlay(writeForeign(node, writer.direction), node.meta);
  }
}
