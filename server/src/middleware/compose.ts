import { isFailure, type MaybePromise, type Middleware } from "@tenon/core";
import { isPromise } from "../exchange/promise.ts";
import { discardReply, type Reply } from "../exchange/reply.ts";
import type { Fail } from "../response/fail.ts";
import type { Around } from "../route/compiled.ts";

/**
 * Composes middleware once, the first outermost. Each failure of a middleware, returned or thrown, becomes a reply right
 * outside it, so that the ones around it see a reply whatever happens.
 */
export function composeMiddleware(middleware: readonly Middleware[], fail: Fail): Around {
  return middleware.reduceRight<Around>(
    (inner, layer) => (context, rest) => {
      let given: MaybePromise<Reply> | undefined;
      const next = (): MaybePromise<Reply> => {
        if (given !== undefined) {
          throw new Error(`the middleware '${layer.name}' called next() twice`);
        }
        given = inner(context, rest);
        return given;
      };
      const settle = (reply: unknown): Reply => {
        if (!isReply(reply)) {
          throw isFailure(reply) ? reply : noReply(layer);
        }
        if (reply !== given) {
          discardOther(given, reply);
        }
        // What it set on `context.response` after the reply was made.
        context.replyHeaders?.applyTo(reply.headers);
        return reply;
      };
      const failed = (error: unknown): Reply => {
        discardOther(given, undefined);
        return fail(error, context, layer.errors);
      };
      try {
        const reply: MaybePromise<unknown> = layer.handle(context, next);
        return isPromise(reply) ? reply.then(settle).catch(failed) : settle(reply);
      } catch (error) {
        return failed(error);
      }
    },
    (_context, rest) => rest(),
  );
}

function isReply(reply: unknown): reply is Reply {
  return (
    typeof reply === "object" && reply !== null && "kind" in reply && Array.isArray((reply as Reply).headers)
  );
}

function noReply({ name }: Middleware): TypeError {
  return new TypeError(
    `the middleware '${name}' gave no reply: return what next() gives, or one of its declared errors`,
  );
}

/** A reply that a middleware was given and did not pass on is never read: what is open in it is closed. */
function discardOther(given: MaybePromise<Reply> | undefined, sent: Reply | undefined): void {
  if (isPromise(given)) {
    void given.then((reply) => discardOther(reply, sent));
  } else if (given !== undefined && given !== sent) {
    discardReply(given);
  }
}
