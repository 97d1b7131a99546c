import type {
  HeaderObject,
  MediaTypeObject,
  OpenAPIObject,
  ReferenceObject,
  ResponseObject,
} from "@tenon/core/openapi";
import { type Html, html, type Part } from "../html.ts";
import { inlineMarkdown, markdown } from "../markdown.ts";
import type { DocumentedOperation } from "../operation.ts";
import { resolve } from "../resolve.ts";
import { type DocumentedProblem, problemsIn } from "../problem.ts";
import { schemaContent } from "./schema.ts";
import { isBytes, typeLabel } from "./type-label.ts";

/** What an operation answers, by status; failures say which codes they have, and when. */
export function responseList(document: OpenAPIObject, { operation }: DocumentedOperation): Html {
  const responses = Object.entries(operation.responses ?? {}) as [string, ResponseObject | ReferenceObject][];
  return html`<h4>Responses</h4>
<div class="responses">${responses.map(([status, response]) =>
    responseView(document, status, resolve<ResponseObject>(document, response) ?? { description: "" }),
  )}</div>`;
}

function responseView(document: OpenAPIObject, status: string, response: ResponseObject): Html {
  const content = Object.entries<MediaTypeObject>(response.content ?? {});
  const problems = content.flatMap(([, { schema }]) =>
    schema === undefined ? [] : problemsIn(document, schema),
  );
  const isFailure = problems.length > 0;
  const kind =
    status.startsWith("2") || status.startsWith("1") ? "good" : status.startsWith("3") ? "other" : "bad";
  return html`<details${isFailure ? "" : html` open`}><summary><span class="status ${kind}">${status}</span> ${
    isFailure
      ? html`<span class="codes">${problems.map(({ code }) => html`<code>${code}</code> `)}</span>`
      : html`<span>${inlineMarkdown(response.description)}</span>`
  }</summary>
${isFailure ? problemList(document, problems) : ""}${mediaTypes(document, content, isFailure)}${headerList(document, response.headers)}</details>`;
}

/** Each error code with when it happens and what it carries. */
function problemList(document: OpenAPIObject, problems: readonly DocumentedProblem[]): Html {
  return html`<dl class="fields">${problems.map(({ code, anchor, description, data }) => {
    const fields = data === undefined ? undefined : schemaContent(document, data);
    return html`<div><dt><a href="#${anchor}"><code class="name">${code}</code></a></dt><dd>${markdown(description)}${
      data === undefined
        ? ""
        : html`<p class="note">Carries <code>data</code>: <span class="type">${typeLabel(document, data)}</span></p>`
    }${fields}</dd></div>`;
  })}</dl>`;
}

function headerList(document: OpenAPIObject, headers: ResponseObject["headers"] = {}): Part {
  const entries = Object.entries(headers);
  return entries.length === 0
    ? ""
    : html`<details class="headers"><summary>Headers</summary><dl class="fields">${entries.map(
        ([name, header]) => {
          const { description, schema } = resolve<HeaderObject>(document, header) ?? {};
          return html`<div><dt><code class="name">${name}</code> ${
            schema === undefined ? "" : html`<span class="type">${typeLabel(document, schema)}</span>`
          }</dt><dd>${description === undefined ? "" : html`<p>${inlineMarkdown(description)}</p>`}</dd></div>`;
        },
      )}</dl></details>`;
}

function mediaTypes(
  document: OpenAPIObject,
  content: readonly [string, MediaTypeObject][],
  isFailure: boolean,
): Part {
  if (content.length === 0) {
    return isFailure ? "" : html`<p class="note">No body.</p>`;
  }
  return content.map(([type, { schema, ...media }]) => {
    const isShown = schema !== undefined && !isFailure && type !== RICH_TYPE;
    const what = STREAM_WORD[media["x-tenon-stream"] as string] ?? "";
    const label = isShown
      ? html`${what}<span class="type">${isBytes(type, schema) ? "bytes" : typeLabel(document, schema)}</span>`
      : explain(type, isFailure);
    const fields = isShown ? schemaContent(document, schema) : undefined;
    return html`<p class="media"><code>${type}</code> ${label}</p>${fields}`;
  });
}

const STREAM_WORD: Readonly<Record<string, string>> = { item: " items of ", event: " events of " };

const RICH_TYPE = "application/vnd.tenon+json";

function explain(type: string, isFailure: boolean): string {
  if (type === RICH_TYPE) {
    return "the same, with what the typed client needs to revive dates and the like";
  }
  if (isFailure && type === "application/json") {
    return "the application's own form of the error";
  }
  return isFailure ? "the problem (RFC 9457)" : "";
}
