import type { OpenAPIObject } from "@tenon/core/openapi";
import type { Page } from "../compile.ts";
import type { Reply } from "../exchange/reply.ts";
import { PROBLEM_PATH } from "../response/problem-type.ts";
import { frameworkError, describeProblem, writeProblem } from "../response/problem.ts";
import { entityTag } from "./entity-tag.ts";
import { pageReply } from "./page-reply.ts";
import { baseOf } from "../request/external-url.ts";
import { perBase } from "./per-base.ts";
import { relativePath } from "./relative-path.ts";

/** Nothing from outside, nothing inline, no frames (CSP Level 3). */
const SECURITY = [
  "content-security-policy",
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "referrer-policy",
  "no-referrer",
];

interface Site {
  readonly html: string;
  readonly tag: string;
  readonly assets: ReadonlyMap<string, { readonly type: string; readonly body: string }>;
}

/** The paths of the documents. */
export interface DocumentPaths {
  readonly openapi: string;
  /** Undefined where there are no sockets. */
  readonly asyncapi: string | undefined;
}

/** The docs of an application. Rendered when first asked for, since most processes never are. */
export function docsPages(
  path: string,
  { openapi, asyncapi }: DocumentPaths,
  document: (base: string) => OpenAPIObject,
  hasProblems: boolean,
): readonly Page[] {
  const render = perBase((base) => renderSite(path, { openapi, asyncapi }, document(base)));
  return [
    {
      path,
      reply: async (context) => {
        const { html, tag } = await render(baseOf(context.exchange));
        return pageReply(context, { body: html, tag, type: "text/html; charset=utf-8", headers: SECURITY });
      },
    },
    {
      path: `${path}/assets/{file}`,
      reply: async (context): Promise<Reply> => {
        const { assets } = await render(baseOf(context.exchange));
        const asset = assets.get(context.path.slice(context.path.lastIndexOf("/") + 1));
        if (asset === undefined) {
          return writeProblem(describeProblem(frameworkError("ROUTE_NOT_FOUND"), undefined), [], undefined);
        }
        const { type, body } = asset;
        // The name holds a hash of the content.
        const cache = ["cache-control", "public, max-age=31536000, immutable"];
        const headers = ["content-type", type, "x-content-type-options", "nosniff", ...cache];
        return { kind: "bytes", status: 200, headers, body };
      },
    },
    ...(hasProblems ? [problemPage(path, document)] : []),
  ];
}

/** What the type of a problem leads to. */
function problemPage(path: string, document: (base: string) => OpenAPIObject): Page {
  const template = `${path}${PROBLEM_PATH}{code}`;
  return {
    path: template,
    reply: async (context) => {
      const { renderProblem } = await import("@tenon/docs-site");
      const code = context.path.slice(context.path.lastIndexOf("/") + 1);
      const html = renderProblem(document(baseOf(context.exchange)), code, {
        base: relativePath(template, path),
      });
      if (html === undefined) {
        return writeProblem(describeProblem(frameworkError("ROUTE_NOT_FOUND"), undefined), [], undefined);
      }
      const tag = await entityTag(html);
      return pageReply(context, { body: html, tag, type: "text/html; charset=utf-8", headers: SECURITY });
    },
  };
}

async function renderSite(
  path: string,
  { openapi, asyncapi }: DocumentPaths,
  document: OpenAPIObject,
): Promise<Site> {
  const { renderDocs } = await import("@tenon/docs-site");
  const { html, assets } = renderDocs(document, {
    base: relativePath(path, path),
    documentUrl: relativePath(path, openapi),
    asyncapiUrl: asyncapi === undefined ? undefined : relativePath(path, asyncapi),
  });
  return {
    html,
    tag: await entityTag(html),
    assets: new Map(assets.map((asset) => [asset.name, asset])),
  };
}
