import type { OpenAPIObject, ReferenceObject, SchemaObject } from "@tenon/core/openapi";

/** Follows a reference within the document; undefined where it leads nowhere, or round in circles. */
export function resolve<Value extends object>(
  document: OpenAPIObject,
  value: Value | ReferenceObject | undefined,
): Value | undefined {
  let at: unknown = value;
  for (let step = 0; step < 16; step++) {
    const reference = referenceOf(at);
    if (reference === undefined) {
      return at as Value | undefined;
    }
    at = lookUp(document, reference);
  }
  return undefined;
}

/** The schema that a reference leads to, with what stands beside the reference. */
export function resolveSchema(document: OpenAPIObject, schema: SchemaObject | ReferenceObject): SchemaObject {
  const { $ref: reference, ...beside } = schema as SchemaObject;
  return reference === undefined ? beside : { ...resolve<SchemaObject>(document, schema), ...beside };
}

/** The name of the schema component that a reference leads to. */
export function nameOf(schema: SchemaObject | ReferenceObject): string | undefined {
  const reference = referenceOf(schema);
  return reference?.startsWith(SCHEMAS) === true
    ? unescapePointer(reference.slice(SCHEMAS.length))
    : undefined;
}

const SCHEMAS = "#/components/schemas/";

function referenceOf(value: unknown): string | undefined {
  const reference = (value as { $ref?: unknown } | undefined)?.$ref;
  return typeof reference === "string" ? reference : undefined;
}

function lookUp(document: OpenAPIObject, reference: string): unknown {
  if (!reference.startsWith("#/")) {
    return undefined;
  }
  let at: unknown = document;
  for (const segment of reference.slice(2).split("/").map(unescapePointer)) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, segment)) {
      return undefined;
    }
    at = (at as Record<string, unknown>)[segment];
  }
  return at;
}

/** A segment of a JSON pointer (RFC 6901, 4). */
function unescapePointer(segment: string): string {
  return segment.replaceAll("~1", "/").replaceAll("~0", "~");
}
