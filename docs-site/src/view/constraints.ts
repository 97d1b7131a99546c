import type { SchemaObject } from "@tenon/core/openapi";
import { type Html, html, type Part } from "../html.ts";
import { isFile } from "./type-label.ts";

/** The limits of a value, its default and its example, as a row of short facts. */
export function constraints(schema: SchemaObject): Html | undefined {
  const facts: Part[] = [
    range("", schema.minimum, schema.maximum),
    schema.exclusiveMinimum !== undefined && html`> ${schema.exclusiveMinimum}`,
    schema.exclusiveMaximum !== undefined && html`< ${schema.exclusiveMaximum}`,
    schema.multipleOf !== undefined && html`multiple of ${schema.multipleOf}`,
    range(isFile(schema) ? "bytes" : "characters", schema.minLength, schema.maxLength),
    range("items", schema.minItems, schema.prefixItems === undefined ? schema.maxItems : undefined),
    schema.uniqueItems === true && html`no item twice`,
    ...patternsOf(schema).map((pattern) => html`matches <code>${pattern}</code>`),
    schema.additionalProperties === false && html`no other keys`,
    schema.default !== undefined && html`default <code>${JSON.stringify(schema.default)}</code>`,
    schema.examples?.[0] !== undefined && html`example <code>${JSON.stringify(schema.examples[0])}</code>`,
    schema["x-tenon-type"] !== undefined &&
      html`<code>${String(schema["x-tenon-type"])}</code> in the typed client`,
  ];
  const shown = facts.filter((fact) => fact !== undefined && fact !== false);
  return shown.length === 0
    ? undefined
    : html`<ul class="facts">${shown.map((fact) => html`<li>${fact}</li>`)}</ul>`;
}

function range(unit: string, low: number | undefined, high: number | undefined): Part {
  const after = unit === "" ? "" : ` ${unit}`;
  if (low !== undefined && high !== undefined) {
    return low === high ? html`${low}${after}` : html`${low}–${high}${after}`;
  }
  if (low === 1 && unit !== "") {
    return "not empty";
  }
  if (low !== undefined) {
    return html`at least ${low}${after}`;
  }
  return high === undefined ? undefined : html`at most ${high}${after}`;
}

function patternsOf({ pattern, allOf = [], "x-tenon-type": type }: SchemaObject): readonly string[] {
  // Of a bigint the pattern says no more than its type.
  const own = type === "bigint" ? undefined : pattern;
  return [own, ...allOf.map((part) => (part as SchemaObject).pattern)].filter((one) => one !== undefined);
}
