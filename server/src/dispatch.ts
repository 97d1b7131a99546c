import type { MaybePromise } from "@tenon/core";
import type { Exchange } from "./exchange/exchange.ts";
import { isPromise } from "./exchange/promise.ts";
import { discardReply, type Reply } from "./exchange/reply.ts";
import { RequestContext } from "./request/request-context.ts";
import { originForm } from "./request/target.ts";
import type { Compiled, Found } from "./route/compiled.ts";
import type { Route } from "./route/route.ts";

/**
 * One request, from its target to its reply. Nothing is decided here that could be decided before the first request.
 *
 * Every step may be synchronous, and most are: `next` calls the following step at once, or when the promise is there.
 *
 *     match → middleware → credentials → parameters → admission → body → input → dependencies → handler → encode → close
 */
export function dispatch(compiled: Compiled, exchange: Exchange): MaybePromise<Reply> {
  const context = new RequestContext(exchange, compiled);
  if (!context.path.startsWith("/")) {
    context.path = originForm(context.path);
  }
  const found = match(compiled, context);
  if (found.kind === "failure") {
    return compiled.around(context, () => compiled.fail(found.failure, context));
  }
  if (found.kind === "reply") {
    return compiled.around(context, () => page(found.reply, compiled, context));
  }
  const { route, around } = found;
  context.served = route.operation;
  context.values = found.values;
  return around === undefined
    ? answer(compiled, route, context)
    : around(context, () => answer(compiled, route, context));
}

/** A route is compiled when it is first found: what breaks then is this request's failure, not the server's end. */
function match(compiled: Compiled, context: RequestContext): Found {
  try {
    return compiled.match(context);
  } catch (failure) {
    return { kind: "failure", failure };
  }
}

function page(
  make: (context: RequestContext) => MaybePromise<Reply>,
  compiled: Compiled,
  context: RequestContext,
): MaybePromise<Reply> {
  try {
    const reply = make(context);
    return isPromise(reply) ? reply.catch((error) => compiled.fail(error, context)) : reply;
  } catch (error) {
    return compiled.fail(error, context);
  }
}

/** From here on, whatever fails becomes a reply in one place. */
function answer(compiled: Compiled, route: Route, context: RequestContext): MaybePromise<Reply> {
  context.isCalling = true;
  try {
    const reply = credentials(route, context);
    return isPromise(reply)
      ? compiled.deadline(
          reply.catch((error) => fail(error, compiled, context)),
          context,
        )
      : reply;
  } catch (error) {
    return fail(error, compiled, context);
  }
}

function credentials(route: Route, context: RequestContext): MaybePromise<Reply> {
  context.resolved = route.startResolved?.();
  route.readCredentials?.(context);
  return parameters(route, context);
}

function parameters(route: Route, context: RequestContext): MaybePromise<Reply> {
  const areValid = route.decodeParameters === undefined || route.decodeParameters(context);
  if (route.admit === undefined) {
    return body(route, context, areValid);
  }
  const refused = areValid ? undefined : route.refuseParameters?.(context);
  return next(refused, () => next(route.admit?.(context), () => body(route, context, areValid)));
}

function body(route: Route, context: RequestContext, areParametersValid: boolean): MaybePromise<Reply> {
  if (route.readBody === undefined) {
    return input(route, context, undefined, areParametersValid);
  }
  const read = route.readBody(context);
  if (!isPromise(read)) {
    return input(route, context, read, areParametersValid);
  }
  // The time limit is the handler's: a slow line does not count.
  context.waitsSince = Number.POSITIVE_INFINITY;
  return read.then((raw) => {
    context.waitsSince = Date.now();
    return input(route, context, raw, areParametersValid);
  });
}

function input(
  route: Route,
  context: RequestContext,
  raw: unknown,
  areParametersValid: boolean,
): MaybePromise<Reply> {
  const decoded = route.decodeInput(context, raw, areParametersValid);
  return decoded === undefined ? resolve(route, context) : decoded.then(() => resolve(route, context));
}

function resolve(route: Route, context: RequestContext): MaybePromise<Reply> {
  const resolved = route.resolve?.(context);
  return resolved === undefined ? handle(route, context) : resolved.then(() => handle(route, context));
}

function handle(route: Route, context: RequestContext): MaybePromise<Reply> {
  const reply = route.encode(route.handle(context), context);
  return isPromise(reply) ? reply.then((settled) => close(settled, context)) : close(reply, context);
}

/**
 * Dependencies of the call close before the first byte leaves, so that a failed commit still changes the reply.
 * Those of a stream or a socket close after its last item.
 */
function close(reply: Reply, context: RequestContext): MaybePromise<Reply> {
  if (reply.kind === "stream" || reply.kind === "upgrade") {
    return finish(reply, context);
  }
  if (context.callExits === undefined) {
    context.endCall();
    return finish(reply, context);
  }
  return next(context.closeCall(), (outcome) => {
    if (outcome.isFailure) {
      discardReply(reply);
      throw outcome.error;
    }
    return finish(reply, context);
  });
}

function finish(reply: Reply, context: RequestContext): Reply {
  if (context.replyHeaders !== undefined) {
    context.replyHeaders.applyTo(reply.headers);
  }
  return reply;
}

/** The error arrives at the open dependencies first; what they make of it is what the caller hears. */
function fail(error: unknown, compiled: Compiled, context: RequestContext): MaybePromise<Reply> {
  return next(context.closeCall({ isFailure: true, error }), (closed) => {
    const reply = compiled.fail(closed.error, context);
    context.replyHeaders?.applyToProblem(reply.headers);
    return reply;
  });
}

/** Goes on at once where there is nothing to wait for. */
function next<T, Result>(
  value: MaybePromise<T>,
  step: (value: T) => MaybePromise<Result>,
): MaybePromise<Result> {
  return isPromise(value) ? value.then(step) : step(value);
}
