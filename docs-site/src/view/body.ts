import type { MediaTypeObject, OpenAPIObject, RequestBodyObject, SchemaObject } from "@tenon/core/openapi";
import { type Html, html } from "../html.ts";
import { markdown } from "../markdown.ts";
import type { DocumentedOperation } from "../operation.ts";
import { nameOf, resolve } from "../resolve.ts";
import { constraints } from "./constraints.ts";
import { schemaContent } from "./schema.ts";
import { typeLabel } from "./type-label.ts";

/** The body that an operation takes. */
export function bodyView(document: OpenAPIObject, { operation }: DocumentedOperation): Html | undefined {
  const body = resolve<RequestBodyObject>(document, operation.requestBody);
  if (body === undefined) {
    return undefined;
  }
  const media = Object.entries<MediaTypeObject>(body.content);
  return html`<h4>Request body</h4>
${body.description === undefined ? "" : markdown(body.description)}
${media.map(([type, { schema = {} }]) => {
  const isNamed = nameOf(schema) !== undefined;
  return html`<p class="media"><code>${type}</code> <span class="type">${typeLabel(document, schema)}</span>${
    body.required === true ? html` <span class="required">required</span>` : ""
  }</p>${isNamed ? "" : html`${constraints(schema as SchemaObject)}${schemaContent(document, schema as SchemaObject)}`}`;
})}`;
}
