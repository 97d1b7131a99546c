import type { OpenAPIObject } from "@tenon/core/openapi";
import { readAsset } from "./asset.ts";
import { html } from "./html.ts";
import { listProblems, problemView } from "./view/schemas.ts";

/** How the page of a problem is served. Addresses may be relative to it. */
export interface ProblemOptions {
  /** The address of the docs; assets are at `{base}/assets/{name}`. */
  readonly base: string;
}

/**
 * Renders what the type of a problem leads to (RFC 9457, 3.1.1): when a code happens, what it carries, which operations answer
 * with it. Undefined for a code that the document does not have.
 */
export function renderProblem(
  document: OpenAPIObject,
  code: string,
  { base }: ProblemOptions,
): string | undefined {
  const problems = listProblems(document).filter((problem) => problem.code === code);
  if (problems.length === 0) {
    return undefined;
  }
  const style = readAsset("docs.css", "text/css; charset=utf-8");
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${code} – ${document.info.title}</title>
<link rel="stylesheet" href="${base}/assets/${style.name}">
</head>
<body>
<header><a class="brand" href="${base}">${document.info.title}</a></header>
<main id="main"><section class="chapter"><h1><code>${code}</code></h1>
<p>A problem (RFC 9457) with <code>"code": "${code}"</code>. <a href="${base}#errors">All errors</a></p>
<dl class="fields errors">${problems.map((problem) => problemView(document, problem, base))}</dl></section></main>
</body>
</html>
`.text;
}
