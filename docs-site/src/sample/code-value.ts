import type { OpenAPIObject, ReferenceObject, SchemaObject } from "@tenon/core/openapi";
import { resolveSchema } from "../resolve.ts";

/** Writes a wire value as TypeScript: what JSON carries as text becomes the `Date` or `Set` that the typed client takes. */
export function codeOf(
  document: OpenAPIObject,
  schema: SchemaObject | ReferenceObject,
  value: unknown,
  indent = "",
): string {
  const { $ref: _reference, ...found } = optionOf(document, resolveSchema(document, schema));
  const plain = writePlain(document, found, value, indent);
  switch (found["x-tenon-type"]) {
    case "Date":
    case "URL":
      return `new ${String(found["x-tenon-type"])}(${plain})`;
    case "bigint":
      return `${String(value)}n`;
    case "Set":
    case "Map":
      return `new ${String(found["x-tenon-type"])}(${plain})`;
    case "Uint8Array":
      return "new Uint8Array([1, 2, 3])";
    default:
      return found.contentMediaType === undefined ? plain : `new File(["…"], "file")`;
  }
}

/** A nullable reference is a union of two; its value is of the first. */
function optionOf(document: OpenAPIObject, schema: SchemaObject): SchemaObject {
  const [first] = schema.anyOf ?? schema.oneOf ?? [];
  return first === undefined ? schema : { ...resolveSchema(document, first), ...schema };
}

function writePlain(document: OpenAPIObject, schema: SchemaObject, value: unknown, indent: string): string {
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown, index) =>
      codeOf(document, schema.prefixItems?.[index] ?? schema.items ?? {}, item, deeper),
    );
    return wrap("[", items, "]", indent);
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(
      ([key, item]) => `${keyOf(key)}: ${codeOf(document, propertyOf(schema, key), item, deeper)}`,
    );
    return wrap("{", entries, "}", indent);
  }
  return JSON.stringify(value) ?? "undefined";
}

function propertyOf(schema: SchemaObject, key: string): SchemaObject | ReferenceObject {
  const { properties = {}, additionalProperties } = schema;
  return (
    (Object.hasOwn(properties, key) ? properties[key] : undefined) ??
    (typeof additionalProperties === "object" ? additionalProperties : {})
  );
}

/** One line where there is room for it, in a column that is narrow. */
export function wrap(
  open: string,
  parts: readonly string[],
  close: string,
  indent: string,
  room = 44,
): string {
  if (parts.length === 0) {
    return open + close;
  }
  const space = open === "[" ? "" : " ";
  const line = `${open}${space}${parts.join(", ")}${space}${close}`;
  return line.length <= room && !line.includes("\n")
    ? line
    : `${open}\n${parts.map((part) => `${indent}  ${part},\n`).join("")}${indent}${close}`;
}

/** A property name, quoted where it is none of an identifier's form. */
export function keyOf(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}
