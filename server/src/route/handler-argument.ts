import {
  ApiError,
  type ApiErrorOptions,
  type Context,
  type ErrorShape,
  type Operation,
  type ReplyOptions,
} from "@tenon/core";
import type { Step } from "../dependency/plan.ts";
import type { RequestContext } from "../request/request-context.ts";

/** A reply of one of several statuses, as `reply(201, value)` made it. */
export class StatusReply {
  readonly status: number;
  readonly value: unknown;
  readonly headers: ReplyOptions["headers"];

  constructor(status: number, value: unknown, options?: ReplyOptions) {
    this.status = status;
    this.value = value;
    this.headers = options?.headers;
  }
}

/** The one argument of handlers and of dependencies. What is the same for every request stands on the prototype. */
class HandlerArgument {
  readonly ctx: Context;
  readonly input: unknown;

  constructor(context: RequestContext) {
    this.ctx = context;
    this.input = context.input ?? EMPTY;
  }

  get signal(): AbortSignal {
    return this.ctx.signal;
  }
}

const EMPTY: object = Object.freeze({});

/** Compiles the making of an argument: a class of its own, so that its objects keep one shape. */
export function compileArgument(
  operation: Operation,
  used: Step["used"],
): (context: RequestContext) => HandlerArgument & Record<string, unknown> {
  class Argument extends HandlerArgument {}
  Object.defineProperty(Argument.prototype, "errors", {
    value: makersOf(operation.errors),
    enumerable: true,
  });
  Object.defineProperty(Argument.prototype, "reply", { value: reply, enumerable: true });
  const keys = used.map(([key]) => key);
  const indices = used.map(([, index]) => index);
  return (context) => {
    const argument = new Argument(context) as HandlerArgument & Record<string, unknown>;
    for (let at = 0; at < keys.length; at++) {
      argument[keys[at] as string] = (context.resolved as unknown[])[indices[at] as number];
    }
    return argument;
  };
}

function reply(status: number, value: unknown, options?: ReplyOptions): StatusReply {
  return new StatusReply(status, value, options);
}

/** The makers of declared errors: `errors.NOT_FOUND(data)`. */
export function makersOf(errors: Readonly<Record<string, ErrorShape>>): Readonly<Record<string, unknown>> {
  const makers: Record<string, unknown> = {};
  for (const [code, shape] of Object.entries(errors)) {
    makers[code] =
      shape.data === undefined
        ? (options?: ApiErrorOptions) => new ApiError(code, shape.status, undefined, options)
        : (data: unknown, options?: ApiErrorOptions) => new ApiError(code, shape.status, data, options);
  }
  return Object.freeze(makers);
}
