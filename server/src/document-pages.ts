import type { Middleware, Operation } from "@tenon/core";
import { type DescribeOptions, describe } from "@tenon/core/openapi";
import type { Page } from "./compile.ts";
import { docsPages } from "./docs/docs-pages.ts";
import { entityTag } from "./docs/entity-tag.ts";
import { pageReply } from "./docs/page-reply.ts";
import type { Semantics } from "./semantics.ts";

/** What the app says about its document and its docs. */
export interface DocumentOptions {
  info?: DescribeOptions["info"];
  servers?: DescribeOptions["servers"];
  /** Tags in the order of the document, with what they mean. */
  tags?: DescribeOptions["tags"];
  /** The address of the document, `/openapi.json` by default; false for neither document nor docs. */
  openapi?: `/${string}` | false;
  /** The address of the docs, `/docs` by default; false for none. */
  docs?: `/${string}` | false;
}

/** What else of an app its document depends on. */
interface Surroundings {
  readonly middleware?: readonly Middleware[];
  readonly semantics?: Pick<Semantics, "document" | "envelope" | "statuses">;
  readonly rpc?: boolean;
  readonly problemTypes?: boolean | string;
  readonly limits?: { readonly timeout?: number };
}

/** The pages of an application that are no procedures. Nothing is made before it is asked for. */
export function documentPages(
  operations: readonly Operation[],
  options: DocumentOptions & Surroundings,
): readonly Page[] {
  const { openapi = "/openapi.json", docs = "/docs" } = options;
  if (openapi === false) {
    return [];
  }
  const document = once(() => describeApp(operations, options));
  const text = once(async () => {
    const body = JSON.stringify(document());
    return { body, tag: await entityTag(body) };
  });
  const page: Page = {
    path: openapi,
    reply: async (context) =>
      pageReply(context, { ...(await text()), type: "application/json", headers: [] }),
  };
  return docs === false
    ? [page]
    : [page, ...docsPages(docs, openapi, document, options.problemTypes === true)];
}

function describeApp(
  operations: readonly Operation[],
  options: DocumentOptions & Surroundings,
): ReturnType<typeof describe> {
  return describe(operations, {
    info: options.info ?? { title: "API", version: "0.0.0" },
    servers: options.servers,
    tags: options.tags,
    envelope: options.semantics?.envelope,
    statuses: options.semantics?.statuses,
    isBrief: options.semantics?.document === "brief",
    middleware: options.middleware,
    rpcPath: options.rpc === false ? undefined : "/rpc",
    hasTimeout: options.limits?.timeout !== 0,
  });
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
