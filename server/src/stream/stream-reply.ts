import { isFailure, isServerSentEvent, type Operation } from "@tenon/core";
import { encodeNode, INVALID, readSchema } from "@tenon/core/wire";
import Negotiator from "negotiator";
import type { StreamReply } from "../exchange/reply.ts";
import type { RequestContext } from "../request/request-context.ts";
import { isPrivate } from "../response/encode-output.ts";
import { describeIssues, OutputError } from "../response/output-error.ts";
import type { Describe } from "../response/fail.ts";
import { frameworkError } from "../response/problem.ts";
import { type BackEnd, compileEncoder } from "../validation/compile-schema.ts";
import { encodeEvent, KEEP_ALIVE } from "./encode-event.ts";
import { ItemStream, STREAM_TYPES, type StreamType } from "./item-stream.ts";

/**
 * Compiles the reply of a stream procedure. The first item leaves before the second is made: the adapter pulls, the
 * generator yields. A failure after the head is a last event, `error`, with the problem.
 */
export function compileStream(
  operation: Operation,
  backEnd: BackEnd,
  describe: Describe,
  keepAlive = 15_000,
): (result: unknown, context: RequestContext) => StreamReply {
  const schema = operation.responses[0]?.schema;
  const node = readSchema(schema);
  const encode = compileEncoder(node, backEnd);
  const toJson = (item: unknown): string => {
    const encoded = encode(item);
    if (encoded === INVALID) {
      const result = encodeNode(node, item);
      throw new OutputError(
        operation.id,
        result instanceof Promise || result.ok ? "an item does not fit" : describeIssues(result.issues),
      );
    }
    return JSON.stringify(encoded);
  };
  return (result, context) => {
    if (isFailure(result)) {
      throw result;
    }
    const type = chooseType(context);
    const source = (result as AsyncIterable<unknown>)[Symbol.asyncIterator]();
    const write =
      type === "text/event-stream"
        ? (item: unknown) => asEvent(item, toJson)
        : (item: unknown) => asLine(item, toJson);
    const items = new ItemStream(source, write, type, context, describe);
    return {
      kind: "stream",
      status: 200,
      headers: [
        "content-type",
        type === "text/event-stream" ? "text/event-stream; charset=utf-8" : type,
        "cache-control",
        isPrivate(operation) ? "private, no-store" : "no-cache",
        "x-accel-buffering",
        "no",
        "vary",
        "accept",
      ],
      body: type === "text/event-stream" ? withKeepAlive(items, keepAlive) : items,
    };
  };
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

function asEvent(item: unknown, toJson: (item: unknown) => string): string {
  return isServerSentEvent(item)
    ? encodeEvent({ data: toJson(item["~event"]), id: item.id, event: item.event, retry: item.retry })
    : encodeEvent({ data: toJson(item) });
}

function asLine(item: unknown, toJson: (item: unknown) => string): string {
  return `${toJson(isServerSentEvent(item) ? item["~event"] : item)}\n`;
}

/** A comment whenever nothing was said for a while. */
function withKeepAlive(items: ItemStream, interval: number): AsyncIterable<string> {
  let pending: Promise<IteratorResult<string>> | undefined;
  const iterator: AsyncIterableIterator<string> = {
    [Symbol.asyncIterator]: () => iterator,
    next: async () => {
      pending ??= items.next();
      let timer: ReturnType<typeof setTimeout> | undefined;
      const idle = new Promise<undefined>((resolve) => {
        timer = setTimeout(() => resolve(undefined), interval);
      });
      const step = await Promise.race([pending, idle]);
      clearTimeout(timer);
      if (step === undefined) {
        return { done: false, value: KEEP_ALIVE };
      }
      pending = undefined;
      return step;
    },
    return: () => items.return(),
  };
  return iterator;
}
