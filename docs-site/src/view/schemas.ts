import type { OpenAPIObject, SchemaObject } from "@tenon/core/openapi";
import { exampleOf } from "../example/example.ts";
import { type Html, html, join, type Part } from "../html.ts";
import { markdown } from "../markdown.ts";
import { listOperations } from "../operation.ts";
import { asProblem, type DocumentedProblem } from "../problem.ts";
import { codeBlock } from "./code.ts";
import { constraints } from "./constraints.ts";
import { schemaContent } from "./schema.ts";
import { typeLabel } from "./type-label.ts";

/** Every named schema that is no problem. */
export function schemaChapter(document: OpenAPIObject): Html | undefined {
  const schemas = componentsOf(document).filter(([name, schema]) => asProblem(name, schema) === undefined);
  return schemas.length === 0
    ? undefined
    : html`<section class="chapter" id="schemas" aria-labelledby="schemas-title"><h2 id="schemas-title">Schemas</h2>
${schemas.map(([name, schema]) => schemaView(document, name, schema))}</section>`;
}

function schemaView(document: OpenAPIObject, name: string, schema: SchemaObject): Html {
  const anchor = `schema-${encodeURIComponent(name)}`;
  const example = exampleOf(document, { $ref: `#/components/schemas/${name}` });
  return html`<article class="operation" id="${anchor}" aria-labelledby="${anchor}-title"><div class="text">
<h3 id="${anchor}-title"><code>${name}</code> <a class="anchor" href="#${anchor}" aria-label="Link to ${name}">#</a></h3>
${schema.description === undefined ? "" : markdown(schema.description)}
<p><span class="type">${typeLabel(document, schema)}</span></p>
${constraints(schema)}${schemaContent(document, schema, 1, [name])}</div>
<div class="samples">${example === undefined ? "" : codeBlock("Example", JSON.stringify(example, null, 2), "json")}</div></article>`;
}

/** Every error code with when it happens and who raises it. */
export function errorChapter(document: OpenAPIObject): Html | undefined {
  const problems = listProblems(document);
  return problems.length === 0
    ? undefined
    : html`<section class="chapter" id="errors" aria-labelledby="errors-title"><h2 id="errors-title">Errors</h2>
${preface(document)}
<dl class="fields errors">${problems.map((problem) => problemView(document, problem))}</dl></section>`;
}

/** Every problem that the document describes, by status. */
export function listProblems(document: OpenAPIObject): readonly DocumentedProblem[] {
  const problems = componentsOf(document).flatMap(([name, schema]): DocumentedProblem[] => {
    const problem = asProblem(name, schema);
    return problem === undefined ? [] : [problem];
  });
  return problems.sort((one, other) => one.status - other.status);
}

/** Where the application has its own form of errors, the problem is for those who ask for it. */
function preface(document: OpenAPIObject): Html {
  const hasEnvelope = Object.values(document.components?.responses ?? {}).some(
    (response) => "content" in response && response.content?.["application/json"] !== undefined,
  );
  return hasEnvelope
    ? html`<p>Errors come in the application's own form. A caller that accepts <code>application/vnd.tenon+json</code>, as the typed client does, gets a problem (RFC 9457) with a <code>code</code> that programs can tell apart.</p>`
    : html`<p>Every failure is a problem (RFC 9457) with a <code>code</code> that programs can tell apart.</p>`;
}

/** A problem with when it happens, what it carries and who raises it; links lead to the page of the operations. */
export function problemView(document: OpenAPIObject, problem: DocumentedProblem, page = ""): Html {
  const { anchor, code, status, description, data } = problem;
  return html`<div id="${anchor}"><dt><span class="status bad">${status}</span> <code class="name">${code}</code></dt><dd>${markdown(description)}${
    data === undefined
      ? ""
      : html`<p class="note">Carries <code>data</code>: <span class="type">${typeLabel(document, data)}</span></p>${"properties" in data ? schemaContent(document, data) : ""}`
  }${raisedBy(document, problem, page)}</dd></div>`;
}

function raisedBy(document: OpenAPIObject, { name }: DocumentedProblem, page: string): Part {
  const operations = listOperations(document);
  const raising = operations.filter(({ operation }) => mentions(document, operation.responses, name));
  if (raising.length === operations.length) {
    return html`<p class="note">Any operation can answer with it.</p>`;
  }
  const links = raising.map(({ anchor, summary }) => html`<a href="${page}#${anchor}">${summary}</a>`);
  return raising.length === 0 ? "" : html`<p class="note">From ${join(links, ", ")}.</p>`;
}

/** Tells whether a response refers to a component, directly or by a shared response. */
function mentions(document: OpenAPIObject, value: unknown, name: string): boolean {
  const text = JSON.stringify(value ?? null);
  const shared = Object.entries(document.components?.responses ?? {}).filter(([response]) =>
    text.includes(`"#/components/responses/${response}"`),
  );
  const wanted = `"#/components/schemas/${name}"`;
  return text.includes(wanted) || shared.some(([, response]) => JSON.stringify(response).includes(wanted));
}

function componentsOf(document: OpenAPIObject): readonly [string, SchemaObject][] {
  return Object.entries(document.components?.schemas ?? {}) as [string, SchemaObject][];
}
