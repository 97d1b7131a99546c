import { isFailure, isServerSentEvent, type Operation } from "@tenon/core";
import { encodeNode, INVALID, readSchema } from "@tenon/core/wire";
import Negotiator from "negotiator";
import type { Outcome } from "../dependency/exits.ts";
import type { StreamReply } from "../exchange/reply.ts";
import type { RequestContext } from "../request/request-context.ts";
import { isPrivate } from "../response/encode-output.ts";
import { describeIssues, OutputError } from "../response/output-error.ts";
import type { Describe } from "../response/fail.ts";
import { frameworkError } from "../response/problem.ts";
import { type BackEnd, compileEncoder } from "../validation/compile-schema.ts";
import { COME_BACK, encodeEvent, KEEP_ALIVE } from "./encode-event.ts";

/** The media types of a stream; the first is the default. */
export const STREAM_TYPES = ["text/event-stream", "application/jsonl"] as const;

type StreamType = (typeof STREAM_TYPES)[number];

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

/** Items as text; closes the generator and the call's dependencies however it ends. */
class ItemStream implements AsyncIterableIterator<string> {
  readonly #source: AsyncIterator<unknown>;
  readonly #write: (item: unknown) => string;
  readonly #type: StreamType;
  readonly #context: RequestContext;
  readonly #describe: Describe;
  readonly #forget: () => void;
  #isDone = false;
  #isStopping = false;
  #interrupt: (() => void) | undefined;

  constructor(
    source: AsyncIterator<unknown>,
    write: (item: unknown) => string,
    type: StreamType,
    context: RequestContext,
    describe: Describe,
  ) {
    this.#source = source;
    this.#write = write;
    this.#type = type;
    this.#context = context;
    this.#describe = describe;
    this.#forget = context.keep(() => {
      this.#isStopping = true;
      this.#interrupt?.();
    });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<string>> {
    if (this.#isDone) {
      return END;
    }
    try {
      const step = await this.#advance();
      if (this.#isDone) {
        return END;
      }
      if (step === undefined) {
        this.#context.track(this.#leave("the server stops"));
        return this.#type === "text/event-stream" ? { done: false, value: COME_BACK } : END;
      }
      if (step.done !== true) {
        return { done: false, value: this.#write(step.value) };
      }
      return await this.#end({ isFailure: false, error: undefined });
    } catch (error) {
      // Once the caller is gone nobody hears of it: it is what the signal made of the generator.
      return this.#isDone ? END : await this.#end({ isFailure: true, error });
    }
  }

  /** The caller went away. */
  async return(): Promise<IteratorResult<string>> {
    if (!this.#isDone) {
      await this.#leave("the caller went away");
    }
    return END;
  }

  /** The next item; undefined where the server stops, which does not wait for a generator that waits. */
  #advance(): Promise<IteratorResult<unknown> | undefined> {
    return new Promise((resolve, reject) => {
      this.#interrupt = () => resolve(undefined);
      if (this.#isStopping) {
        resolve(undefined);
      } else {
        this.#source.next().then(resolve, reject);
      }
    });
  }

  /** Nobody waits for further items: the generator ends where it stands. */
  async #leave(reason: string): Promise<void> {
    this.#isDone = true;
    this.#context.abort(new DOMException(reason, "AbortError"));
    const closed = await this.#close({ isFailure: false, error: undefined });
    if (closed.isFailure) {
      this.#context.reportError(closed.error);
    }
  }

  /** After the last item, or the failure: a failed closing is told, too. */
  async #end(outcome: Outcome): Promise<IteratorResult<string>> {
    this.#isDone = true;
    const closed = await this.#close(outcome);
    return closed.isFailure ? { done: false, value: this.#last(closed.error) } : END;
  }

  async #close(outcome: Outcome): Promise<Outcome> {
    this.#forget();
    let ended = outcome;
    try {
      await this.#source.return?.();
    } catch (error) {
      ended = outcome.isFailure ? outcome : { isFailure: true, error };
    }
    return this.#context.closeCall(ended);
  }

  #last(error: unknown): string {
    const problem = JSON.stringify(this.#describe(error, this.#context).problem);
    return this.#type === "text/event-stream"
      ? encodeEvent({ event: "error", data: problem })
      : `{"error":${problem}}\n`;
  }
}

const END: IteratorResult<string> = Object.freeze({ done: true, value: undefined });

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
