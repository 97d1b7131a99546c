import { isFailure } from "@tenon/core";
import type { Outcome } from "../dependency/exits.ts";
import type { RequestContext } from "../request/request-context.ts";
import type { Describe } from "../response/fail.ts";
import { COME_BACK, encodeEvent } from "./encode-event.ts";

/** The media types of a stream; the first is the default. */
export const STREAM_TYPES = ["text/event-stream", "application/jsonl"] as const;

/** One of them. */
export type StreamType = (typeof STREAM_TYPES)[number];

/** Items as text; closes the generator and the call's dependencies however it ends. */
export class ItemStream implements AsyncIterableIterator<string> {
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
      return await this.#end({ isFailure: isFailure(step.value), error: step.value });
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
