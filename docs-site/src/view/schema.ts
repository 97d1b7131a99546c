import type { OpenAPIObject, ReferenceObject, SchemaObject } from "@tenon/core/openapi";
import { type Html, html, type Part } from "../html.ts";
import { inlineMarkdown } from "../markdown.ts";
import { nameOf, resolveSchema } from "../resolve.ts";
import { constraints } from "./constraints.ts";
import { typeLabel } from "./type-label.ts";

/** Components that are being shown: one that holds itself is a link. */
type Trail = readonly string[];

/** Beyond this, components are links only. */
const COMPONENT_DEPTH = 1;

/** What is inside a schema: its properties, or its alternatives. */
export function schemaContent(
  document: OpenAPIObject,
  schema: SchemaObject | ReferenceObject,
  depth = 0,
  trail: Trail = [],
): Html | undefined {
  const name = nameOf(schema);
  if (name === undefined) {
    return contentInPlace(document, schema as SchemaObject, depth, trail);
  }
  return depth > COMPONENT_DEPTH || trail.includes(name)
    ? undefined
    : contentInPlace(document, resolveSchema(document, schema), depth, [...trail, name]);
}

function contentInPlace(
  document: OpenAPIObject,
  schema: SchemaObject,
  depth: number,
  trail: Trail,
): Html | undefined {
  const options = (schema.oneOf ?? schema.anyOf)?.filter((option) => !isNull(option));
  const [only] = options ?? [];
  if (options?.length === 1 && only !== undefined) {
    return schemaContent(document, only, depth, trail);
  }
  if (options?.some((option) => nameOf(option) === undefined && hasContent(option)) === true) {
    return alternatives(document, schema, options, depth, trail);
  }
  if (schema.properties !== undefined && Object.keys(schema.properties).length > 0) {
    return properties(document, schema, depth, trail);
  }
  const inside = insideOf(schema);
  return inside === undefined ? undefined : schemaContent(document, inside, depth, trail);
}

function properties(document: OpenAPIObject, schema: SchemaObject, depth: number, trail: Trail): Html {
  const required = new Set(schema.required);
  return html`<dl class="fields">${Object.entries(schema.properties ?? {}).map(([name, property]) =>
    field(document, name, property, required.has(name), depth, trail),
  )}</dl>`;
}

function field(
  document: OpenAPIObject,
  name: string,
  property: SchemaObject | ReferenceObject,
  isRequired: boolean,
  depth: number,
  trail: Trail,
): Html {
  const beside = property as SchemaObject;
  const description = beside.description ?? resolveSchema(document, property).description;
  return html`<div><dt><code class="name">${name}</code> <span class="type">${typeLabel(document, property)}</span>${
    isRequired ? html` <span class="required">required</span>` : ""
  }${beside.deprecated === true ? html` <span class="deprecated">deprecated</span>` : ""}</dt><dd>${
    description === undefined ? "" : html`<p>${inlineMarkdown(description)}</p>`
  }${constraints(beside)}${nested(schemaContent(document, property, depth + 1, trail), beside, depth)}</dd></div>`;
}

function nested(content: Html | undefined, schema: SchemaObject, depth: number): Part {
  if (content === undefined) {
    return "";
  }
  const label = schema.type === "array" ? "Fields of each item" : "Fields";
  return html`<details${depth < 1 ? html` open` : ""}><summary>${label}</summary>${content}</details>`;
}

function alternatives(
  document: OpenAPIObject,
  { discriminator }: SchemaObject,
  options: readonly (SchemaObject | ReferenceObject)[],
  depth: number,
  trail: Trail,
): Html {
  return html`<ul class="alternatives">${options.map((option) => {
    const tag =
      discriminator === undefined
        ? undefined
        : (
            resolveSchema(document, option).properties?.[discriminator.propertyName] as
              | SchemaObject
              | undefined
          )?.const;
    const content = schemaContent(document, option, depth + 1, trail);
    const label =
      tag === undefined
        ? typeLabel(document, option)
        : html`<code>${discriminator?.propertyName}</code> is <code>${JSON.stringify(tag)}</code>`;
    return html`<li>${label}${content}</li>`;
  })}</ul>`;
}

function insideOf({ items, additionalProperties }: SchemaObject): SchemaObject | ReferenceObject | undefined {
  return items ?? (typeof additionalProperties === "object" ? additionalProperties : undefined);
}

function hasContent(schema: SchemaObject | ReferenceObject): boolean {
  return "properties" in schema || "oneOf" in schema || "anyOf" in schema;
}

function isNull(schema: SchemaObject | ReferenceObject): boolean {
  return "type" in schema && schema.type === "null";
}
