import type { OpenAPIObject as OpenAPI30Object } from "openapi3-ts/oas30";
import type { OpenAPIObject } from "openapi3-ts/oas31";
import { rewrite } from "./rewrite.ts";

export type { OpenAPI30Object };

type Json = Readonly<Record<string, unknown>>;

/**
 * The same document in OpenAPI 3.0.3, for tools that stayed there. What 3.0 has no word for is said by the nearest one that
 * accepts as much (a tuple is a list of any of its items), or left out (`propertyNames`); webhooks go to `x-webhooks`.
 */
export function toOpenAPI30(document: OpenAPIObject): OpenAPI30Object {
  const { webhooks, info, components, ...rest } = rewrite(document, { schema: schemaOf, media: mediaOf });
  const { pathItems: _pathItems, securitySchemes, ...named } = components ?? {};
  return {
    ...rest,
    openapi: "3.0.3",
    info: infoOf(info as unknown as Json),
    components: {
      ...named,
      ...(securitySchemes === undefined ? {} : { securitySchemes: schemesOf(securitySchemes) }),
    },
    ...(webhooks === undefined ? {} : { "x-webhooks": webhooks }),
  } as unknown as OpenAPI30Object;
}

/** 3.0 has neither a summary of an API nor identifiers of licences. */
function infoOf({ summary, description = summary, license, ...info }: Json): Json {
  const { identifier, ...named } = (license ?? {}) as Json;
  const url =
    identifier === undefined ? {} : { url: `https://spdx.org/licenses/${identifier as string}.html` };
  return {
    ...info,
    ...(description === undefined ? {} : { description }),
    ...(license === undefined ? {} : { license: { ...named, ...url } }),
  };
}

function schemesOf(schemes: object): object {
  return Object.fromEntries(
    Object.entries(schemes as Record<string, Json>).filter(([, scheme]) => scheme["type"] !== "mutualTLS"),
  );
}

/** Bytes are a string in 3.0, where 3.1 says nothing of them. */
function mediaOf(media: Json, type: string): Json {
  const { schema } = media;
  const isBytes =
    typeof schema === "object" && schema !== null && Object.keys(schema).length === 0 && !isText(type);
  return isBytes ? { ...media, schema: { type: "string", format: "binary" } } : media;
}

function isText(type: string): boolean {
  return /[/+]json$|^text\/|^\*\/\*$/.test(type) && type !== "*/*";
}

/** Words of JSON Schema that 3.0 does not have, and that only refuse: without them more is accepted. */
const UNKNOWN = [
  "propertyNames",
  "patternProperties",
  "dependentRequired",
  "dependentSchemas",
  "unevaluatedProperties",
  "unevaluatedItems",
  "contains",
  "minContains",
  "maxContains",
  "if",
  "then",
  "else",
  "$comment",
  "contentSchema",
];

function schemaOf(schema: Json): Json {
  const { $ref, ...siblings } = schema;
  if ($ref !== undefined) {
    // 3.0 ignores whatever stands beside a reference.
    return Object.keys(siblings).length === 0 ? { $ref } : { ...schemaOf(siblings), allOf: [{ $ref }] };
  }
  const known = Object.fromEntries(Object.entries(schema).filter(([key]) => !UNKNOWN.includes(key)));
  return [constant, tuple, content, bounds, example, nullable].reduce((each, step) => step(each), known);
}

function constant({ const: value, ...schema }: Json): Json {
  return value === undefined
    ? schema
    : value === null
      ? { ...schema, nullable: true, enum: [null] }
      : { ...schema, enum: [value] };
}

function tuple({ prefixItems, ...schema }: Json): Json {
  if (Array.isArray(prefixItems)) {
    const rest = schema["items"] === undefined || isNever(schema["items"]) ? [] : [schema["items"]];
    return { ...schema, items: { anyOf: [...(prefixItems as unknown[]), ...rest] } };
  }
  const types = typesOf(schema).filter((type) => type !== "null");
  const isList = types.length === 1 && types[0] === "array";
  return isList && schema["items"] === undefined ? { ...schema, items: {} } : schema;
}

function isNever(schema: unknown): boolean {
  return schema === false;
}

function content({ contentEncoding, contentMediaType, ...schema }: Json): Json {
  if (contentEncoding === "base64") {
    return { ...schema, format: "byte" };
  }
  return contentMediaType === "application/octet-stream" ||
    (contentMediaType !== undefined && isBinary(schema))
    ? { ...schema, format: "binary" }
    : schema;
}

function isBinary(schema: Json): boolean {
  return schema["format"] === undefined;
}

function bounds(schema: Json): Json {
  const { exclusiveMinimum, exclusiveMaximum, ...rest } = schema;
  return {
    ...rest,
    ...(exclusiveMinimum === undefined ? {} : { minimum: exclusiveMinimum, exclusiveMinimum: true }),
    ...(exclusiveMaximum === undefined ? {} : { maximum: exclusiveMaximum, exclusiveMaximum: true }),
  };
}

function example({ examples, ...schema }: Json): Json {
  return Array.isArray(examples) && examples.length > 0
    ? { ...schema, example: examples[0] as unknown }
    : schema;
}

/** 3.0 knows no type `null`, and one type for each schema. */
function nullable(schema: Json): Json {
  const types = typesOf(schema);
  if (types.includes("null")) {
    const { type: _type, ...rest } = schema;
    const others = types.filter((type) => type !== "null");
    return others.length === 0
      ? { ...rest, nullable: true, enum: [null] }
      : { ...oneType(rest, others), nullable: true };
  }
  if (types.length > 1) {
    const { type: _type, ...rest } = schema;
    return oneType(rest, types);
  }
  for (const key of ["anyOf", "oneOf"] as const) {
    const options = schema[key];
    if (Array.isArray(options) && options.some(isNull)) {
      const { [key]: _options, discriminator, ...rest } = schema;
      const others = (options as Json[]).filter((option) => !isNull(option));
      const [only] = others;
      return others.length === 1 && only !== undefined
        ? { ...rest, allOf: [only], nullable: true }
        : {
            ...rest,
            [key]: others,
            ...(discriminator === undefined ? {} : { discriminator }),
            nullable: true,
          };
    }
  }
  return schema;
}

function oneType({ items = {}, ...schema }: Json, types: readonly unknown[]): Json {
  const [only, ...others] = types.map((type) => (type === "array" ? { type, items } : { type }));
  return others.length === 0 ? { ...only, ...schema } : { ...schema, anyOf: [only, ...others] };
}

function isNull(option: unknown): boolean {
  const { nullable: isNullable, enum: values } = option as Json;
  return isNullable === true && Array.isArray(values) && values.length === 1 && values[0] === null;
}

function typesOf({ type }: Json): readonly unknown[] {
  return Array.isArray(type) ? type : type === undefined ? [] : [type];
}
