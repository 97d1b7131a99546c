import type { MaybePromise } from "@tenon/core";
import type { Reply } from "../exchange/reply.ts";
import type { RequestContext, Supervisor } from "../request/request-context.ts";
import type { Route } from "./route.ts";

/** Runs middleware around the rest of a request. */
export type Around = (context: RequestContext, rest: () => MaybePromise<Reply>) => MaybePromise<Reply>;

/** What a request's method and path lead to. */
export type Found =
  | { readonly kind: "failure"; readonly failure: unknown }
  | {
      readonly kind: "route";
      readonly route: Route;
      readonly values: readonly string[];
      /** The middleware that concerns the operation, the procedure's own innermost; undefined where there is none. */
      readonly around: Around | undefined;
    }
  /** Something that is no procedure: the document, the docs, OPTIONS, a redirect. */
  | { readonly kind: "reply"; readonly reply: (context: RequestContext) => MaybePromise<Reply> };

/** A compiled application: what dispatch walks. */
export interface Compiled extends Supervisor {
  /** Finds the route, or what to say instead: 404, 405, 400. */
  match(context: RequestContext): Found;
  /** The middleware that concerns requests without an operation, too. */
  readonly around: Around;
  /** Makes the reply to a failure: the one place. */
  fail(error: unknown, context: RequestContext): Reply;
  /** Watches a reply that has to be waited for: past the time limit the caller gets 503. */
  deadline(reply: Promise<Reply>, context: RequestContext): Promise<Reply>;
}
