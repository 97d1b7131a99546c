import type { OpenAPIObject, ReferenceObject, SchemaObject } from "@tenon/core/openapi";
import { type Html, html, type Part } from "../html.ts";
import { inlineMarkdown } from "../markdown.ts";
import { nameOf, resolveSchema } from "../resolve.ts";
import { constraints } from "./constraints.ts";
import { typeLabel } from "./type-label.ts";

/** What is inside a schema: its properties, or its alternatives. Components are links, so that recursion ends. */
export function schemaContent(document: OpenAPIObject, schema: SchemaObject, depth = 0): Html | undefined {
  const options = (schema.oneOf ?? schema.anyOf)?.filter((option) => !isNull(option));
  if (options !== undefined && options.some((option) => nameOf(option) === undefined && hasContent(option))) {
    return alternatives(document, schema, options, depth);
  }
  if (schema.properties !== undefined && Object.keys(schema.properties).length > 0) {
    return properties(document, schema, depth);
  }
  const inside = insideOf(schema);
  return inside === undefined || nameOf(inside) !== undefined
    ? undefined
    : schemaContent(document, inside as SchemaObject, depth);
}

function properties(document: OpenAPIObject, schema: SchemaObject, depth: number): Html {
  const required = new Set(schema.required);
  return html`<dl class="fields">${Object.entries(schema.properties ?? {}).map(([name, property]) =>
    field(document, name, property, required.has(name), depth),
  )}</dl>`;
}

function field(
  document: OpenAPIObject,
  name: string,
  property: SchemaObject | ReferenceObject,
  isRequired: boolean,
  depth: number,
): Html {
  // The limits of a component stand with the component; what is said beside the reference stands here.
  const beside = property as SchemaObject;
  const content = nameOf(property) === undefined ? schemaContent(document, beside, depth + 1) : undefined;
  const description = beside.description ?? resolveSchema(document, property).description;
  return html`<div><dt><code class="name">${name}</code> <span class="type">${typeLabel(document, property)}</span>${
    isRequired ? html` <span class="required">required</span>` : ""
  }${beside.deprecated === true ? html` <span class="deprecated">deprecated</span>` : ""}</dt><dd>${
    description === undefined ? "" : html`<p>${inlineMarkdown(description)}</p>`
  }${constraints(beside)}${nested(content, beside, depth)}</dd></div>`;
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
    const content =
      nameOf(option) === undefined ? schemaContent(document, option as SchemaObject, depth + 1) : undefined;
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
