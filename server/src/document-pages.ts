import { DefinitionError, type Middleware, type Operation } from "@tenon/core";
import {
  type DescribeOptions,
  describe,
  type OpenAPIObject,
  toOpenAPI30,
  toOpenAPI32,
} from "@tenon/core/openapi";
import { toAsyncAPI } from "@tenon/core/asyncapi";
import type { Page } from "./compile.ts";
import { docsPages } from "./docs/docs-pages.ts";
import { entityTag } from "./docs/entity-tag.ts";
import { pageReply } from "./docs/page-reply.ts";
import { perBase } from "./docs/per-base.ts";
import { baseOf } from "./request/external-url.ts";
import type { Semantics } from "./semantics.ts";

/** What the app says about its document and its docs. */
export interface DocumentOptions {
  info?: DescribeOptions["info"];
  servers?: DescribeOptions["servers"];
  /** Tags in the order of the document, with what they mean. */
  tags?: DescribeOptions["tags"];
  /** The address of the document, `/openapi.json` by default; false for neither document nor docs. */
  openapi?: `/${string}` | false;
  /** The address of the AsyncAPI document of the sockets, where there are any; `/asyncapi.json` by default, false for none. */
  asyncapi?: `/${string}` | false;
  /** The version of OpenAPI that the document is in; 3.1.1 by default. */
  openapiVersion?: "3.0.3" | "3.1.1" | "3.2.0";
  /** The last word on the document, before it is served and rendered. */
  transform?: (document: OpenAPIObject) => OpenAPIObject;
  /** Events that subscribers hear of, by name. */
  webhooks?: DescribeOptions["webhooks"];
  /** The address of the docs, `/docs` by default; false for none. */
  docs?: `/${string}` | false;
}

/** What else of an app its document depends on. */
interface Surroundings {
  readonly middleware?: readonly Middleware[];
  readonly semantics?: Pick<
    Semantics,
    "document" | "envelope" | "socketTexts" | "statuses" | "streams" | "undescribed"
  >;
  readonly rpc?: boolean;
  readonly problemTypes?: boolean | string;
  readonly limits?: { readonly timeout?: number };
}

/** The pages of an application that are no procedures. Nothing is made before it is asked for. */
export function documentPages(
  operations: readonly Operation[],
  options: DocumentOptions & Surroundings,
): readonly Page[] {
  const { openapi = "/openapi.json", docs = "/docs", asyncapi = "/asyncapi.json" } = options;
  if (openapi === false) {
    return [];
  }
  checkNamed(operations, options.semantics);
  const document = perBase((base) => {
    const described = describeApp(operations, options, base);
    return options.transform?.(described) ?? described;
  });
  const written = perBase((base) => inVersion(document(base), options.openapiVersion));
  const pages = [
    textPage(openapi, "application/json", (base) => JSON.stringify(written(base))),
    textPage(openapi.replace(/(\.json)?$/, ".yaml") as `/${string}`, "application/yaml", async (base) => {
      const { stringify } = await import("yaml");
      return stringify(written(base), { aliasDuplicateObjects: false, lineWidth: 0 });
    }),
  ];
  const hasSockets = operations.some(({ kind, isHidden }) => kind === "socket" && !isHidden);
  const asyncapiPath = hasSockets && asyncapi !== false ? asyncapi : undefined;
  if (asyncapiPath !== undefined) {
    pages.push(
      textPage(asyncapiPath, "application/json", (basePath) =>
        JSON.stringify(toAsyncAPI(document(basePath))),
      ),
    );
  }
  return docs === false
    ? pages
    : [
        ...pages,
        ...docsPages(docs, { openapi, asyncapi: asyncapiPath }, document, options.problemTypes === true),
      ];
}

function checkNamed(operations: readonly Operation[], semantics: Surroundings["semantics"]): void {
  const named = { undescribed: semantics?.undescribed ?? [], ...semantics?.streams.named };
  for (const [option, ids] of Object.entries(named)) {
    const unknown = ids.find((id) => !operations.some((operation) => operation.id === id));
    if (unknown !== undefined) {
      throw new DefinitionError(
        "UNKNOWN_OPERATION",
        `'${unknown}' of '${option}' is no operation: write an id like 'items.read'`,
      );
    }
  }
}

/** A text that is made when first asked for. */
function textPage(path: `/${string}`, type: string, make: (base: string) => string | Promise<string>): Page {
  const text = perBase(async (base) => {
    const body = await make(base);
    return { body, tag: await entityTag(body) };
  });
  return {
    path,
    reply: async (context) =>
      pageReply(context, { ...(await text(baseOf(context.exchange))), type, headers: [] }),
  };
}

function inVersion(
  document: OpenAPIObject,
  version: NonNullable<DocumentOptions["openapiVersion"]> = "3.1.1",
): object {
  switch (version) {
    case "3.0.3":
      return toOpenAPI30(document);
    case "3.1.1":
      return document;
    case "3.2.0":
      return toOpenAPI32(document);
  }
}

function describeApp(
  operations: readonly Operation[],
  options: DocumentOptions & Surroundings,
  base: string,
): ReturnType<typeof describe> {
  return describe(operations, {
    info: options.info ?? { title: "API", version: "0.0.0" },
    servers: options.servers ?? (base === "" ? undefined : [{ url: base }]),
    tags: options.tags,
    webhooks: options.webhooks,
    envelope: options.semantics?.envelope,
    statuses: options.semantics?.statuses,
    isBrief: options.semantics?.document === "brief",
    undescribed: options.semantics?.undescribed,
    socketTexts: options.semantics?.socketTexts,
    streamType: options.semantics?.streams.typeOf,
    middleware: options.middleware,
    rpcPath: options.rpc === false ? undefined : "/rpc",
    hasTimeout: options.limits?.timeout !== 0,
  });
}
