import type { OpenAPIObject, ReferenceObject, SchemaObject } from "@tenon/core/openapi";
import { nameOf, resolveSchema } from "../resolve.ts";
import { numberExample } from "./number-example.ts";
import { textExample } from "./text-example.ts";

/** A value that fits a schema; undefined where none could be found. What the author gave comes first. */
export function exampleOf(
  document: OpenAPIObject,
  schema: SchemaObject | ReferenceObject,
  name?: string,
): unknown {
  return make({ document, open: new Set() }, schema, name);
}

interface Making {
  readonly document: OpenAPIObject;
  /** Components that are being made: one that holds itself must end somewhere. */
  readonly open: ReadonlySet<string>;
}

function make(making: Making, schema: SchemaObject | ReferenceObject, name: string | undefined): unknown {
  const component = nameOf(schema);
  if (component !== undefined) {
    if (making.open.has(component)) {
      return undefined;
    }
    const within: Making = { ...making, open: new Set([...making.open, component]) };
    return make(within, resolveSchema(making.document, schema), name);
  }
  return makeInPlace(making, schema as SchemaObject, name);
}

function makeInPlace(making: Making, schema: SchemaObject, name: string | undefined): unknown {
  const given = schema.examples?.[0] ?? schema.example ?? schema.default ?? schema.const ?? schema.enum?.[0];
  if (given !== undefined) {
    return given;
  }
  const options = schema.oneOf ?? schema.anyOf;
  if (options !== undefined) {
    return options.map((option) => make(making, option, name)).find((value) => value !== undefined);
  }
  const isSplitObject = schema.allOf !== undefined && schema.type === undefined;
  return isSplitObject ? makeAll(making, schema, name) : makeByType(making, schema, name);
}

function makeAll(making: Making, schema: SchemaObject, name: string | undefined): unknown {
  const parts = (schema.allOf ?? []).map((part) => make(making, part, name));
  return parts.every(isObject) ? Object.assign({}, ...parts) : parts.find((part) => part !== undefined);
}

function makeByType(making: Making, schema: SchemaObject, name: string | undefined): unknown {
  const type = Array.isArray(schema.type) ? schema.type.find((one) => one !== "null") : schema.type;
  switch (type) {
    case "string":
      return textExample(schema, name);
    case "integer":
    case "number":
      return numberExample(schema);
    case "boolean":
      return true;
    case "array":
      return makeArray(making, schema, name) ?? orNull(schema);
    case "object":
      return makeObject(making, schema) ?? orNull(schema);
    case "null":
      return null;
    default:
      return schema.not === undefined ? (schema.type === undefined ? {} : null) : undefined;
  }
}

function orNull({ type }: SchemaObject): null | undefined {
  return Array.isArray(type) && type.includes("null") ? null : undefined;
}

function makeArray(making: Making, schema: SchemaObject, name: string | undefined): unknown[] | undefined {
  const leading = (schema.prefixItems ?? []).map((item) => make(making, item, name));
  if (leading.includes(undefined)) {
    return undefined;
  }
  const { minItems = 0, maxItems = Infinity, items } = schema;
  const length = Math.min(Math.max(minItems, leading.length === 0 ? 1 : leading.length), maxItems);
  const values = leading.slice(0, length);
  while (values.length < length) {
    const item = items === undefined ? "item" : make(making, items, singular(name));
    if (item === undefined) {
      break;
    }
    values.push(schema.uniqueItems === true ? vary(item, values.length, making, items) : item);
  }
  return values.length >= minItems ? values : undefined;
}

/** Another value of the same kind, for lists that must not repeat themselves. */
function vary(
  item: unknown,
  index: number,
  { document }: Making,
  items: SchemaObject | ReferenceObject | undefined,
): unknown {
  const listed = items === undefined ? undefined : resolveSchema(document, items).enum;
  if (listed !== undefined) {
    return listed[index] ?? item;
  }
  if (index === 0) {
    return item;
  }
  return typeof item === "number" ? item + index : typeof item === "string" ? `${item}${index}` : item;
}

function makeObject(making: Making, schema: SchemaObject): Record<string, unknown> | undefined {
  const object: Record<string, unknown> = {};
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    const value = make(making, property, key);
    if (value !== undefined) {
      object[key] = value;
    } else if (schema.required?.includes(key) === true) {
      return undefined;
    }
  }
  return fillRecord(making, schema, object);
}

/** The keys of a record: those that must be there, or one that shows what they look like. */
function fillRecord(
  making: Making,
  { additionalProperties, propertyNames, required = [], properties = {} }: SchemaObject,
  object: Record<string, unknown>,
): Record<string, unknown> | undefined {
  const isRecord = typeof additionalProperties === "object" && Object.keys(properties).length === 0;
  const names =
    propertyNames === undefined ? "key" : make(making, { type: "string", ...propertyNames }, "key");
  const missing = required.filter((key) => !Object.hasOwn(object, key));
  for (const key of missing.length === 0 && isRecord && typeof names === "string" ? [names] : missing) {
    const value = typeof additionalProperties === "object" ? make(making, additionalProperties, key) : key;
    if (value !== undefined) {
      object[key] = value;
    }
  }
  return required.every((key) => Object.hasOwn(object, key)) ? object : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function singular(name: string | undefined): string | undefined {
  return name?.replace(/(?<=[^s])s$|List$/, "");
}
