import type { OpenAPIObject, ReferenceObject, SchemaObject } from "@tenon/core/openapi";
import { type Html, html, join, type Part } from "../html.ts";
import { nameOf } from "../resolve.ts";

/** What a schema takes, in a few words; components are links. */
export function typeLabel(document: OpenAPIObject, schema: SchemaObject | ReferenceObject): Html {
  const name = nameOf(schema);
  if (name !== undefined) {
    return html`<a href="#schema-${encodeURIComponent(name)}"><code>${name}</code></a>`;
  }
  return labelInPlace(document, schema as SchemaObject);
}

function labelInPlace(document: OpenAPIObject, schema: SchemaObject): Html {
  const options = schema.oneOf ?? schema.anyOf;
  if (schema.const !== undefined) {
    return literal(schema.const);
  }
  if (schema.enum !== undefined) {
    return join(schema.enum.map(literal), " | ");
  }
  if (options !== undefined) {
    return join(
      options.map((option) => typeLabel(document, option)),
      " | ",
    );
  }
  if (schema.allOf !== undefined && schema.type === undefined) {
    return join(
      schema.allOf.map((part) => typeLabel(document, part)),
      " & ",
    );
  }
  return html`${join(typesOf(document, schema), " | ")}${formatOf(schema)}`;
}

function typesOf(document: OpenAPIObject, schema: SchemaObject): Part[] {
  const types = Array.isArray(schema.type) ? schema.type : schema.type === undefined ? [] : [schema.type];
  if (types.length === 0) {
    return [schema.not === undefined ? "any value" : "no value"];
  }
  return types.map((type) => {
    const { items, additionalProperties, properties = {} } = schema;
    if (type === "array" && schema.prefixItems !== undefined) {
      const inside = join(
        schema.prefixItems.map((item) => typeLabel(document, item)),
        ", ",
      );
      return html`[${inside}${isOpen(items) ? html`, …${typeLabel(document, items)}` : ""}]`;
    }
    if (type === "array" && items !== undefined) {
      return html`array of ${typeLabel(document, items)}`;
    }
    if (
      type === "object" &&
      typeof additionalProperties === "object" &&
      Object.keys(properties).length === 0
    ) {
      return html`object of ${typeLabel(document, additionalProperties)}`;
    }
    return type === "string" && isFile(schema) ? "file" : type;
  });
}

/** Bytes as they are, which JSON Schema writes as a string of a media type (OpenAPI 3.1, 4.8.14.1). */
export function isFile({ contentMediaType, contentEncoding }: SchemaObject): boolean {
  return contentMediaType !== undefined && contentEncoding === undefined;
}

/** The schema says nothing about a body that is no JSON: it is bytes. */
export function isBytes(type: string, schema: SchemaObject | ReferenceObject): boolean {
  return !/[/+]json(?:$|;)/.test(type) && Object.keys(schema).length === 0;
}

function isOpen(items: SchemaObject | ReferenceObject | undefined): items is SchemaObject | ReferenceObject {
  return items !== undefined && Object.keys(items).length > 0;
}

function formatOf({ format, contentEncoding, contentMediaType }: SchemaObject): Part {
  const word = format ?? contentEncoding ?? contentMediaType;
  return word === undefined ? "" : html` <span class="format">${word}</span>`;
}

function literal(value: unknown): Html {
  return html`<code>${JSON.stringify(value) ?? "undefined"}</code>`;
}
