import type { OpenAPIObject, SchemaObject } from "@tenon/core/openapi";
import { type Html, html, type Part } from "../html.ts";
import { isSafe, markdown } from "../markdown.ts";
import type { DocumentedOperation } from "../operation.ts";
import { bodyView } from "./body.ts";
import { methodBadge } from "./method-badge.ts";
import { callbackList } from "./outgoing.ts";
import { parameterTable } from "./parameters.ts";
import { responseList } from "./responses.ts";
import { samples } from "./samples.ts";
import { schemaContent } from "./schema.ts";
import { credentialLine } from "./security.ts";

/** One operation: what it is on the left, how to call it on the right. */
export function operationView(document: OpenAPIObject, documented: DocumentedOperation): Html {
  const { anchor, method, path, summary, operation, parameters } = documented;
  return html`<article class="operation" id="${anchor}" aria-labelledby="${anchor}-title">
<div class="text">
<h3 id="${anchor}-title">${summary} <a class="anchor" href="#${anchor}" aria-label="Link to ${summary}">#</a></h3>
<p class="address">${methodBadge(method)} <code class="path">${breakable(path)}</code></p>
${operation.deprecated === true ? html`<p class="notice"><strong>Deprecated.</strong> Do not use this in new code.</p>` : ""}
${operation.description === undefined ? "" : markdown(operation.description)}
${more(documented)}
${credentialLine(document, documented)}
${parameterTable(document, parameters)}
${bodyView(document, documented)}
${messages(document, documented)}
${responseList(document, documented)}
${callbackList(document, documented)}
</div>
${samples(document, documented)}
</article>`;
}

/** Lets a long path break after a slash. */
function breakable(path: string): Part {
  return path.split(/(?<=\/)/).map((segment) => html`${segment}<wbr>`);
}

function more({ operation }: DocumentedOperation): Part {
  const { externalDocs } = operation;
  return externalDocs === undefined || !isSafe(externalDocs.url)
    ? ""
    : html`<p><a href="${externalDocs.url}" rel="noreferrer">${externalDocs.description ?? "Read more"}</a></p>`;
}

/** What a socket receives and sends. */
function messages(document: OpenAPIObject, { operation }: DocumentedOperation): Part {
  const found = operation["x-websocket"] as { receive: SchemaObject; send: SchemaObject } | undefined;
  return found === undefined
    ? ""
    : html`<h4>Messages</h4><p class="label">You send</p>${schemaContent(document, found.receive)}<p class="label">You receive</p>${schemaContent(document, found.send)}`;
}
