import type { MaybePromise, Middleware } from "@tenon/core";
import { isPromise } from "../exchange/promise.ts";
import type { Reply } from "../exchange/reply.ts";
import type { RequestContext } from "../request/request-context.ts";

type Around = (context: RequestContext, rest: () => MaybePromise<Reply>) => MaybePromise<Reply>;

/**
 * Composes middleware once, the first outermost. Each failure of a middleware becomes a reply right outside it, so that
 * the ones around it see a reply whatever happens.
 */
export function composeMiddleware(
  middleware: readonly Middleware[],
  fail: (error: unknown, context: RequestContext) => Reply,
): Around {
  return middleware.reduceRight<Around>(
    (inner, layer) => (context, rest) => {
      try {
        const reply = layer.handle(context, () => inner(context, rest)) as MaybePromise<Reply>;
        return isPromise(reply) ? reply.catch((error) => fail(error, context)) : reply;
      } catch (error) {
        return fail(error, context);
      }
    },
    (_context, rest) => rest(),
  );
}
