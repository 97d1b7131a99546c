import type { MaybePromise, Operation } from "@tenon/core";
import type { DependencyPlan } from "../dependency/plan.ts";
import type { Reply } from "../exchange/reply.ts";
import type { RequestContext } from "../request/request-context.ts";

/** Which of its two addresses a route answers: the REST one, or the canonical `POST /rpc/…`. */
export type Address = "rest" | "rpc";

/**
 * A compiled route: everything about an operation that could be decided before the first request.
 * `compile.ts` makes it, `dispatch.ts` walks it, and neither knows the other.
 */
export interface Route {
  readonly operation: Operation;
  readonly address: Address;
  readonly plan: DependencyPlan;
  /** Room for the values of the dependencies, those of scope `app` filled in; undefined where there are none. */
  readonly startResolved: (() => unknown[]) | undefined;
  /** Reads the credentials of its security schemes; throws 401. Undefined where it has none. */
  readonly readCredentials: ((context: RequestContext) => void) | undefined;
  /** Decodes the parameters into `context.input`. False: some do not fit. Undefined where it has none. */
  readonly decodeParameters: ((context: RequestContext) => boolean) | undefined;
  /** Where some do not fit: refuses if admission needs one of those, and gives it the ones that it needs otherwise. */
  readonly refuseParameters: ((context: RequestContext) => MaybePromise<void>) | undefined;
  /** Runs what decides on admission. Undefined where nothing does. */
  readonly admit: ((context: RequestContext) => MaybePromise<void>) | undefined;
  /** Reads the body: media type, size, syntax. Undefined where it has none. */
  readonly readBody: ((context: RequestContext) => MaybePromise<unknown>) | undefined;
  /** Joins the decoded body with the parameters; throws 422 with all issues. */
  readonly decodeInput: (
    context: RequestContext,
    body: unknown,
    areParametersValid: boolean,
  ) => MaybePromise<void>;
  /** Resolves the remaining dependencies. Undefined where there are none. */
  readonly resolve: ((context: RequestContext) => MaybePromise<void>) | undefined;
  /** Calls the handler. */
  readonly handle: (context: RequestContext) => unknown;
  /** The handler's result as a reply: encoded, or the problem of a returned failure is thrown. */
  readonly encode: (result: unknown, context: RequestContext) => MaybePromise<Reply>;
}
