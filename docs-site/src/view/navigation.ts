import type { OpenAPIObject } from "@tenon/core/openapi";
import { type Html, html } from "../html.ts";
import type { TagGroup } from "../operation.ts";
import { methodBadge } from "./method-badge.ts";

/** Every operation by tag. On a narrow screen it is a page of its own that a link opens, without JavaScript too. */
export function navigation(document: OpenAPIObject, groups: readonly TagGroup[]): Html {
  const components = document.components ?? {};
  const chapters: readonly [string, string, boolean][] = [
    ["overview", "Overview", true],
    ["authentication", "Authentication", Object.keys(components.securitySchemes ?? {}).length > 0],
  ];
  const appendix: readonly [string, string, boolean][] = [
    ["webhooks", "Webhooks", Object.keys(document.webhooks ?? {}).length > 0],
    ["errors", "Errors", Object.keys(components.schemas ?? {}).some((name) => name.endsWith("Problem"))],
    ["schemas", "Schemas", Object.keys(components.schemas ?? {}).length > 0],
  ];
  return html`<nav id="navigation" aria-label="Operations">
<p class="close"><a href="#main">Close</a></p>
<div class="filter" hidden><label for="filter">Filter operations</label><input id="filter" type="search" autocomplete="off" spellcheck="false"><p id="filter-status" role="status"></p></div>
${links(chapters)}
${groups.map(
  ({ tag, anchor, operations }) =>
    html`<div class="group"><h2 class="group-title"><a href="#${anchor}">${tag.name}</a></h2><ul>${operations.map(
      (operation) =>
        html`<li data-operation="${operation.id}"><a href="#${operation.anchor}" title="${operation.path}">${methodBadge(operation.method)}<span>${operation.summary}</span></a></li>`,
    )}</ul></div>`,
)}
${links(appendix)}
</nav>`;
}

function links(chapters: readonly [string, string, boolean][]): Html {
  const shown = chapters.filter(([, , isShown]) => isShown);
  return html`<ul class="chapters">${shown.map(([anchor, label]) => html`<li><a href="#${anchor}">${label}</a></li>`)}</ul>`;
}
