import type { OpenAPIObject } from "@tenon/core/openapi";
import { type Asset, readAsset } from "./asset.ts";
import { html, type Html } from "./html.ts";
import { markdown } from "./markdown.ts";
import { groupByTag, listOperations, type TagGroup } from "./operation.ts";
import { LOCAL_ORIGIN } from "./sample/base-url.ts";
import { navigation } from "./view/navigation.ts";
import { webhookChapter } from "./view/outgoing.ts";
import { operationView } from "./view/operation.ts";
import { overview } from "./view/overview.ts";
import { errorChapter, schemaChapter } from "./view/schemas.ts";
import { authentication } from "./view/security.ts";

export type { Asset } from "./asset.ts";

/** How the page is served. Addresses may be relative to it. */
export interface DocsOptions {
  /** The address of the page; assets are at `{base}/assets/{name}`. */
  readonly base: string;
  /** In place of the title of the document. */
  readonly title?: string;
  readonly documentUrl: string;
  /** The AsyncAPI document of the sockets, where there are any. */
  readonly asyncapiUrl?: string | undefined;
}

/** A page and the files that it needs. */
export interface DocsPage {
  readonly html: string;
  readonly assets: readonly Asset[];
}

/**
 * Renders a document as one page that is whole without JavaScript, asks nothing of other hosts and keeps to a strict
 * Content Security Policy. Every text of the document is escaped.
 */
export function renderDocs(document: OpenAPIObject, options: DocsOptions): DocsPage {
  const style = readAsset("docs.css", "text/css; charset=utf-8");
  const script = readAsset("docs.js", "text/javascript; charset=utf-8");
  const title = options.title ?? document.info.title;
  const groups = groupByTag(document);
  const page = html`<!doctype html>
<html lang="en" data-origin="${(document.servers ?? []).some(({ url }) => /^https?:/.test(url)) ? "" : LOCAL_ORIGIN}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} – API reference</title>
<link rel="stylesheet" href="${options.base}/assets/${style.name}">
<script src="${options.base}/assets/${script.name}" defer></script>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header><a class="brand" href="#overview">${title}</a> <a class="menu" href="#navigation">Operations</a></header>
${navigation(document, groups)}
<main id="main" tabindex="-1">
${overview(document, title, listOperations(document), options)}
${authentication(document)}
${groups.map((group) => tagView(document, group))}
${webhookChapter(document)}
${errorChapter(document)}
${schemaChapter(document)}
</main>
</body>
</html>
`;
  return { html: page.text, assets: [style, script] };
}

function tagView(document: OpenAPIObject, { tag, anchor, operations }: TagGroup): Html {
  return html`<section class="chapter" id="${anchor}" aria-labelledby="${anchor}-title"><h2 id="${anchor}-title">${tag.name}</h2>
${tag.description === undefined ? "" : markdown(tag.description)}
${operations.map((operation) => operationView(document, operation))}</section>`;
}
