import type { OpenAPIObject } from "@tenon/core/openapi";
import { type Html, html } from "../html.ts";
import { markdown } from "../markdown.ts";
import type { DocumentedOperation } from "../operation.ts";
import { absolute, baseUrl } from "../sample/base-url.ts";
import { clientSample } from "../sample/client.ts";
import { sampleRequest } from "../sample/request.ts";
import { codeBlock } from "./code.ts";

/** Where the documents are. */
interface DocumentUrls {
  readonly documentUrl: string;
  readonly asyncapiUrl?: string | undefined;
}

/** The beginning of the page: what the API is, where it answers, and a first call. */
export function overview(
  document: OpenAPIObject,
  title: string,
  operations: readonly DocumentedOperation[],
  { documentUrl, asyncapiUrl }: DocumentUrls,
): Html {
  const { info } = document;
  return html`<section class="operation overview" id="overview" aria-labelledby="overview-title"><div class="text">
<h1 id="overview-title">${title}</h1>
<p class="note">Version ${info.version} · OpenAPI ${document.openapi} · <a href="${documentUrl}">the document</a>${
    asyncapiUrl === undefined ? "" : html` · AsyncAPI 3.0.0 · <a href="${asyncapiUrl}">its sockets</a>`
  }</p>
${info.description === undefined ? "" : markdown(info.description)}
<p class="label">Base address</p>
<ul class="servers">${servers(document)}</ul>
</div>
<div class="samples">
${codeBlock("Install", "npm install @tenon/client", "shell")}
${codeBlock("First call", firstCall(document, operations), "ts")}
</div></section>`;
}

function servers(document: OpenAPIObject): readonly Html[] {
  const listed = document.servers ?? [];
  return listed.length === 0
    ? [html`<li><code>${baseUrl(document)}</code></li>`]
    : listed.map(
        ({ url, description }) =>
          html`<li><code>${absolute(url)}</code>${description === undefined ? "" : ` ${description}`}</li>`,
      );
}

/** The first operation that anybody can call without knowing anything. */
function firstCall(document: OpenAPIObject, operations: readonly DocumentedOperation[]): string {
  const isEasy = ({ operation, method, parameters }: DocumentedOperation): boolean =>
    method === "GET" &&
    (operation.security ?? []).length === 0 &&
    operation["x-websocket"] === undefined &&
    parameters.every(({ required }) => required !== true);
  const first =
    operations.find(isEasy) ?? operations.find(({ operation }) => operation["x-websocket"] === undefined);
  const call =
    first === undefined ? "" : `\n\n${clientSample(document, first, sampleRequest(document, first))}`;
  return `import { createClient } from "@tenon/client";
import type { App } from "./app.ts";

const api = createClient<App>({
  url: ${JSON.stringify(baseUrl(document))},
});${call}`;
}
