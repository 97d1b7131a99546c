import type { CallbackObject, OpenAPIObject, PathItemObject } from "@tenon/core/openapi";
import { type Html, html, type Part } from "../html.ts";
import { markdown } from "../markdown.ts";
import { type DocumentedOperation, operationsOf } from "../operation.ts";
import { resolve } from "../resolve.ts";
import { bodyView } from "./body.ts";
import { methodBadge } from "./method-badge.ts";
import { parameterTable } from "./parameters.ts";
import { responseList } from "./responses.ts";

/** The events that subscribers hear of. */
export function webhookChapter(document: OpenAPIObject): Html | undefined {
  const webhooks = Object.entries((document.webhooks ?? {}) as Record<string, PathItemObject>);
  return webhooks.length === 0
    ? undefined
    : html`<section class="chapter" id="webhooks" aria-labelledby="webhooks-title"><h2 id="webhooks-title">Webhooks</h2>
<p>Requests that this API sends to whoever has subscribed.</p>
${webhooks.flatMap(([name, item]) =>
  operationsOf(document, name, item).map((operation) => {
    const anchor = `webhook-${encodeURIComponent(name)}`;
    return html`<article class="operation" id="${anchor}" aria-labelledby="${anchor}-title"><div class="text">
<h3 id="${anchor}-title">${operation.operation.summary ?? name} <a class="anchor" href="#${anchor}" aria-label="Link to ${name}">#</a></h3>
<p class="address">${methodBadge(operation.method)} <code class="path">${name}</code></p>
${details(document, operation)}</div></article>`;
  }),
)}</section>`;
}

/** The requests that an operation leads to. */
export function callbackList(document: OpenAPIObject, { operation }: DocumentedOperation): Part {
  const callbacks = Object.entries(operation.callbacks ?? {}).flatMap(([name, callback]) =>
    Object.entries(resolve<CallbackObject>(document, callback) ?? {}).flatMap(([expression, item]) =>
      operationsOf(document, expression, item as PathItemObject).map((request) => ({ name, request })),
    ),
  );
  return callbacks.length === 0
    ? ""
    : html`<h4>Callbacks</h4><div class="responses">${callbacks.map(
        ({ name, request }) =>
          html`<details><summary>${methodBadge(request.method)} <span>${name}</span></summary>
<p class="address"><code class="path">${request.path}</code></p>${details(document, request)}</details>`,
      )}</div>`;
}

function details(document: OpenAPIObject, documented: DocumentedOperation): Html {
  const { operation, parameters } = documented;
  return html`${operation.description === undefined ? "" : markdown(operation.description)}
${parameterTable(document, parameters)}
${bodyView(document, documented)}
${responseList(document, documented)}`;
}
