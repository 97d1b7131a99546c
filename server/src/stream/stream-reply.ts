import { isFailure, type Operation, readEvents, type SuccessResponse } from "@tenon/core";
import { holdsRichType, leanNode, readSchema } from "@tenon/core/wire";
import Negotiator from "negotiator";
import type { StreamReply } from "../exchange/reply.ts";
import type { RequestContext } from "../request/request-context.ts";
import { isPrivate } from "../response/encode-output.ts";
import { acceptsRich } from "../response/rich.ts";
import type { Describe } from "../response/fail.ts";
import { frameworkError } from "../response/problem.ts";
import type { BackEnd } from "../validation/compile-schema.ts";
import { STREAM_TYPES, type StreamDialect, type StreamType } from "./dialect.ts";
import { ItemStream } from "./item-stream.ts";
import { replayed, streamKey, WrittenEvent } from "./replay.ts";
import { compileEventWriter, compileLineWriter } from "./write-item.ts";
import { peek } from "./peek.ts";

/** How one request's items are written. */
interface StreamForm {
  readonly type: StreamType;
  readonly isEvents: boolean;
  readonly isRich: boolean;
  readonly write: (item: unknown) => string;
}

/** The ending of a stream procedure. */
export interface CompiledStream {
  /** Calls the handler, after which event it is to go on; kept events come before what it makes. */
  readonly begin: (
    context: RequestContext,
    call: (context: RequestContext, lastEventId: string | undefined) => unknown,
  ) => unknown;
  readonly encode: (result: unknown, context: RequestContext) => Promise<StreamReply>;
}

/**
 * Compiles the reply of a stream procedure. The first item leaves before the second is made: the adapter pulls, the
 * generator yields. A failure before the first item is an ordinary problem, unless it takes its time; after the head it is
 * a last event, `error`.
 */
export function compileStream(
  operation: Operation,
  backEnd: BackEnd,
  describe: Describe,
  dialect: StreamDialect,
): CompiledStream {
  const { keepAlive = 15_000, replay } = operation.procedure.lasting;
  const { schema, mode } = operation.responses[0] as SuccessResponse;
  const node = leanNode(readSchema(schema), mode);
  const isNamed = readEvents(schema) !== undefined;
  const writeLine = compileLineWriter(operation, node, backEnd, dialect);
  const writeEvent = compileEventWriter(operation, node, backEnd, { isNamed, form: "plain" }, dialect);
  const writeRich = holdsRichType(node)
    ? compileEventWriter(operation, node, backEnd, { isNamed, form: "rich" }, dialect)
    : writeEvent;
  const only = dialect.typeOf(operation.id);
  const vary = only === undefined ? ["vary", "accept"] : [];
  const formOf = (context: RequestContext): StreamForm => {
    const type = only ?? chooseType(context);
    const isEvents = type === "text/event-stream";
    const isRich = isEvents && writeRich !== writeEvent && acceptsRich(context.exchange.header("accept"));
    const write = isRich ? writeRich : isEvents ? writeEvent : writeLine;
    return { type, isEvents, isRich, write };
  };
  const begin: CompiledStream["begin"] = (context, call) => {
    if (replay === undefined) {
      return call(context, context.exchange.header("last-event-id"));
    }
    const { isEvents, isRich, write } = formOf(context);
    const lastEventId = context.exchange.header("last-event-id");
    return isEvents
      ? replayed(
          replay,
          () => streamKey(operation, context, isRich ? "rich" : "plain"),
          lastEventId,
          (last) => call(context, last) as AsyncIterable<unknown>,
          write,
        )
      : call(context, lastEventId);
  };
  const encode: CompiledStream["encode"] = async (result, context) => {
    if (isFailure(result)) {
      throw result;
    }
    const { type, isEvents, isRich, write } = formOf(context);
    const source = await start((result as AsyncIterable<unknown>)[Symbol.asyncIterator](), context);
    const writing = {
      write: replay === undefined ? write : orWritten(write),
      type,
      keepAlive,
      comment: dialect.keepAlive,
    };
    return {
      kind: "stream",
      status: 200,
      headers: [
        "content-type",
        isEvents ? eventType(isNamed, isRich) : type,
        "cache-control",
        isPrivate(operation) ? "private, no-store" : "no-cache",
        "x-accel-buffering",
        "no",
        ...vary,
      ],
      body: new ItemStream(source, writing, context, describe),
    };
  };
  return { begin, encode };
}

/** What was kept is text already. */
function orWritten(write: (item: unknown) => string): (item: unknown) => string {
  return (item) => (item instanceof WrittenEvent ? item.text : write(item));
}

/** What a stream answers HEAD with: the handler is not called. */
export const NOT_STARTED: AsyncIterable<unknown> = {
  [Symbol.asyncIterator]: () => ({ next: async () => ({ done: true, value: undefined }) }),
};

async function start(
  generator: AsyncIterator<unknown>,
  context: RequestContext,
): Promise<AsyncIterator<unknown>> {
  // Nobody waits any more: what was not started needs no end.
  if (context.signal.aborted) {
    return generator;
  }
  const { first, items } = await peek(generator);
  if (first?.done === true && isFailure(first.value)) {
    throw first.value;
  }
  return items;
}

/** What the caller prefers; 406 where it takes neither. */
function chooseType(context: RequestContext): StreamType {
  const accept = context.exchange.header("accept");
  if (accept === undefined) {
    return STREAM_TYPES[0];
  }
  const chosen = new Negotiator({ headers: { accept } }).mediaType([...STREAM_TYPES]);
  if (chosen === undefined) {
    throw frameworkError("NOT_ACCEPTABLE", `the stream comes as ${STREAM_TYPES.join(" or ")}`);
  }
  return chosen as StreamType;
}

/** What the typed client is told beside the type: that events have names, that values are to be revived. */
function eventType(isNamed: boolean, isRich: boolean): string {
  return `text/event-stream; charset=utf-8${isNamed ? "; events=named" : ""}${isRich ? "; wire=rich" : ""}`;
}
