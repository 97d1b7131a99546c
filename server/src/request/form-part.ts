import type { FormField } from "@tenon/core";
import { innermost, readSchema, type SchemaNode } from "@tenon/core/wire";
import { frameworkError } from "../response/problem.ts";
import type { FormParts, PartValue } from "../upload/form-parts.ts";
import { exceedsDepth, JSON_DEPTH } from "./json.ts";

/** How the value of one field is read from the parts of a form. */
export interface ReadPart {
  /** The text, file, list, fields or JSON that its schema decodes; undefined for nothing; `NOT_JSON`. */
  readonly from: (parts: FormParts) => unknown;
  /** The part of this name is (one) of the field. */
  readonly claims: (name: string) => boolean;
  /** Where issues of the field are. */
  readonly path: readonly string[];
  /** There are several parts of this name, and only one of them makes sense. */
  readonly isRepeated?: (parts: FormParts) => boolean;
}

/** The text of a JSON part is no JSON. */
export const NOT_JSON: unique symbol = Symbol("not JSON");

/** Compiles the reading of a field by its kind. */
export function compilePart(field: FormField): ReadPart {
  const { name, kind, fields } = field;
  if (fields !== undefined) {
    return compileModel(field, fields);
  }
  const node = readSchema(field.schema);
  const claims = (claimed: string): boolean => claimed === name;
  if (kind === "json") {
    const isWholeList = isList(node);
    return {
      from: (parts) => readJsonPart(parts[name], isWholeList),
      claims,
      path: [name],
      ...(ONE.has(innermost(node).kind) ? { isRepeated: (parts) => Array.isArray(parts[name]) } : {}),
    };
  }
  if (kind === "text" && innermost(node).kind === "object") {
    const names = nestedNames(node, name);
    return {
      from: (parts) => gather(names, parts) ?? parts[name],
      claims: (claimed) => claimed === name || names.some(({ part }) => part === claimed),
      path: [name],
    };
  }
  return isList(node)
    ? { from: (parts) => asList(parts[name]), claims, path: [name] }
    : { from: (parts) => parts[name], claims, path: [name] };
}

/** The fields of a model are parts of their own: `title`; at the canonical address `key[title]`. */
function compileModel({ key }: FormField, fields: readonly FormField[]): ReadPart {
  const readers = fields.map((field) => ({ key: field.key, read: compilePart(field) }));
  return {
    from: (parts) => {
      const model: Record<string, unknown> = {};
      for (const { key: name, read } of readers) {
        const value = read.from(parts);
        if (value === NOT_JSON) {
          return NOT_JSON;
        }
        if (value !== undefined) {
          model[name] = value;
        }
      }
      return model;
    },
    claims: (name) => readers.some(({ read }) => read.claims(name)),
    path: fields.some((field) => field.name !== field.key) ? [key] : [],
  };
}

interface NestedName {
  readonly key: string;
  readonly part: string;
  readonly isList: boolean;
}

function nestedNames(node: SchemaNode, name: string): readonly NestedName[] {
  const object = innermost(node);
  return object.kind === "object"
    ? object.properties.map(({ key, node: inner }) => ({
        key,
        part: `${name}[${key}]`,
        isList: isList(inner),
      }))
    : [];
}

/** The fields that are there; undefined where none is. */
function gather(names: readonly NestedName[], parts: FormParts): Record<string, unknown> | undefined {
  let found: Record<string, unknown> | undefined;
  for (const { key, part, isList: isMany } of names) {
    const value = parts[part];
    if (value !== undefined) {
      found ??= {};
      found[key] = isMany ? asList(value) : value;
    }
  }
  return found;
}

function asList(value: PartValue | readonly PartValue[] | undefined): unknown {
  return value === undefined || Array.isArray(value) ? value : [value];
}

/** A list is one part with all of it, or a part for each item. */
function readJsonPart(value: PartValue | readonly PartValue[] | undefined, isWholeList: boolean): unknown {
  if (Array.isArray(value)) {
    const items = value.map(parsePart);
    return items.includes(NOT_JSON) ? NOT_JSON : items;
  }
  const parsed = parsePart(value);
  return isWholeList && parsed !== undefined && parsed !== NOT_JSON && !Array.isArray(parsed)
    ? [parsed]
    : parsed;
}

function parsePart(value: unknown): unknown {
  if (typeof value !== "string") {
    return value;
  }
  if (exceedsDepth(value)) {
    throw frameworkError("MALFORMED_BODY", `a part is nested deeper than ${JSON_DEPTH} levels`);
  }
  try {
    return JSON.parse(value);
  } catch {
    return NOT_JSON;
  }
}

/** Kinds that no list of parts can make. */
const ONE: ReadonlySet<string> = new Set([
  "object",
  "record",
  "string",
  "number",
  "boolean",
  "date",
  "bigint",
]);

function isList(node: SchemaNode): boolean {
  const { kind } = innermost(node);
  return kind === "array" || kind === "set" || kind === "tuple" || kind === "map";
}
