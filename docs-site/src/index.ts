/** `@tenon/docs-site`: an OpenAPI document as a readable page. */
export { type ProblemOptions, renderProblem } from "./render-problem.ts";
export { type Asset, type DocsOptions, type DocsPage, renderDocs } from "./render-docs.ts";
