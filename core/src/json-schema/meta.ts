import type { SchemaObject } from "openapi3-ts/oas31";
import { encodeNode } from "../wire/encode.ts";
import { toWire } from "../wire/request-value.ts";
import { isStable } from "./stable.ts";
import type { SchemaWriter } from "./writer.ts";
import type { DefaultNode, SchemaMeta, SchemaNode } from "../schema/node.ts";

// What else people keep in metadata is their own business.
const CARRIED: readonly string[] = ["title", "description", "deprecated", "format", "readOnly", "writeOnly"];

/** Adds what the author said with `.meta()` or `.describe()`. */
export function withMeta(node: SchemaNode, schema: SchemaObject): SchemaObject {
  const { meta } = node;
  const said: Record<string, unknown> = {};
  for (const key of CARRIED) {
    if (meta[key] !== undefined) {
      said[key] = meta[key];
    }
  }
  for (const key of Object.keys(meta)) {
    if (key.startsWith("x-")) {
      said[key] = meta[key];
    }
  }
  const examples = examplesOf(node);
  return {
    ...schema,
    ...said,
    ...(examples.length === 0 ? {} : { examples }),
  };
}

function examplesOf(node: SchemaNode): unknown[] {
  const { examples, example } = node.meta;
  const given = Array.isArray(examples) ? examples : example === undefined ? [] : [example];
  return given
    .map((value: unknown) => encoded(node, value) ?? toPlain(value))
    .filter((value) => value !== undefined);
}

const KEYWORDS: ReadonlySet<string> = new Set(
  (
    "type enum const format pattern minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum multipleOf " +
    "minItems maxItems uniqueItems items prefixItems properties required additionalProperties propertyNames " +
    "minProperties maxProperties allOf anyOf oneOf not contentEncoding contentMediaType"
  ).split(" "),
);

/** Lets the metadata of a schema that says nothing itself say what it takes, in JSON Schema's own words. */
export function overlay(schema: SchemaObject, meta: SchemaMeta): SchemaObject {
  const said = Object.entries(meta).filter(([key]) => KEYWORDS.has(key));
  return { ...schema, ...Object.fromEntries(said) };
}

/** Adds the value that takes the place of an absent one, in its wire form; the server's own replies always have it. */
export function withDefault(node: DefaultNode, schema: SchemaObject, writer: SchemaWriter): SchemaObject {
  if (writer.direction === "output") {
    return schema;
  }
  const value = isStable(node.makeValue) ? wireDefault(node) : undefined;
  return value === undefined ? schema : { ...schema, default: value };
}

function wireDefault(node: DefaultNode): unknown {
  const value = node.makeValue();
  return node.kind === "default" ? (encoded(node.inner, value) ?? toPlain(value)) : toPlain(value);
}

function encoded(node: SchemaNode, value: unknown): unknown {
  try {
    const result = encodeNode(node, value);
    if (result instanceof Promise) {
      result.catch(() => {});
      return undefined;
    }
    return result.ok ? result.value : undefined;
  } catch {
    return undefined;
  }
}

function toPlain(value: unknown): unknown {
  try {
    return toWire(value);
  } catch {
    return undefined;
  }
}
