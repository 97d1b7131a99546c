import { isFailure, type MaybePromise, type Middleware } from "@tenon/core";
import { isPromise } from "../exchange/promise.ts";
import type { Reply } from "../exchange/reply.ts";
import type { Fail } from "../response/fail.ts";
import type { Around } from "../route/compiled.ts";

/**
 * Composes middleware once, the first outermost. Each failure of a middleware, returned or thrown, becomes a reply right
 * outside it, so that the ones around it see a reply whatever happens.
 */
export function composeMiddleware(middleware: readonly Middleware[], fail: Fail): Around {
  return middleware.reduceRight<Around>(
    (inner, layer) => (context, rest) => {
      const settle = (reply: unknown): Reply =>
        isFailure(reply) ? fail(reply, context, layer.errors) : (reply as Reply);
      try {
        const reply: MaybePromise<unknown> = layer.handle(context, () => inner(context, rest));
        return isPromise(reply)
          ? reply.then(settle).catch((error) => fail(error, context, layer.errors))
          : settle(reply);
      } catch (error) {
        return fail(error, context, layer.errors);
      }
    },
    (_context, rest) => rest(),
  );
}
