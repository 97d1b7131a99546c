import { DefinitionError, type Middleware } from "@tenon/core";
import type { RequestContext } from "../request/request-context.ts";
import type { Next } from "./next.ts";

/**
 * Another time limit than the app's (`limits.timeout`), shorter or longer: milliseconds from the end of the body to the first
 * byte of the reply, 0 for none. Past it the caller gets 503, and `ctx.signal` is aborted. The innermost counts.
 */
export function timeout(milliseconds: number): Middleware {
  if (!Number.isFinite(milliseconds) || milliseconds < 0) {
    throw new DefinitionError(
      "BAD_OPTION",
      `timeout: ${milliseconds} is no time: write milliseconds, 0 for no limit`,
    );
  }
  return {
    name: "timeout",
    ...(milliseconds === 0 ? {} : { errors: { TIMEOUT: { status: 503 } } }),
    handle(context: RequestContext, next: Next) {
      context.timeLimit = milliseconds;
      return next();
    },
  };
}
