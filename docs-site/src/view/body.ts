import type { MediaTypeObject, OpenAPIObject, RequestBodyObject, SchemaObject } from "@tenon/core/openapi";
import { type Html, html } from "../html.ts";
import { markdown } from "../markdown.ts";
import type { DocumentedOperation } from "../operation.ts";
import { resolve } from "../resolve.ts";
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
<div class="request">${body.description === undefined ? "" : markdown(body.description)}
${media.map(
  ([type, { schema = {} }]) =>
    html`<p class="media"><code>${type}</code> <span class="type">${typeLabel(document, schema)}</span>${
      body.required === true ? html` <span class="required">required</span>` : ""
    }</p>${constraints(schema as SchemaObject)}${schemaContent(document, schema)}`,
)}</div>`;
}
