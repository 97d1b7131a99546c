import { isFailure } from "@tenon/core";
import type { Outcome } from "../dependency/exits.ts";
import type { RequestContext } from "../request/request-context.ts";
import type { Describe } from "../response/fail.ts";
import type { StreamType } from "./dialect.ts";
import { COME_BACK, encodeEvent } from "./encode-event.ts";

/** How a stream is written. */
export interface Writing {
  readonly write: (item: unknown) => string;
  readonly type: StreamType;
  /** Milliseconds of silence after which a comment is sent, in a stream of events. */
  readonly keepAlive: number;
  readonly comment: string;
}

/**
 * Items as text, one for each that is asked for; closes the generator and the call's dependencies however it ends. One promise for an
 * item: streams are as fast as this is.
 */
export class ItemStream implements AsyncIterableIterator<string> {
  readonly #source: AsyncIterator<unknown>;
  readonly #writing: Writing;
  readonly #context: RequestContext;
  readonly #describe: Describe;
  readonly #forget: () => void;
  /** Answers whoever waits for the next text. */
  #settle: ((step: IteratorResult<string>) => void) | undefined;
  /** The generator was asked, and has not answered. */
  #isAsked = false;
  /** What it answered while nobody waited: a comment had been said in between. */
  #early: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saidAt = 0;
  #isDone = false;
  #isStopping = false;

  constructor(source: AsyncIterator<unknown>, writing: Writing, context: RequestContext, describe: Describe) {
    this.#source = source;
    this.#writing = writing;
    this.#context = context;
    this.#describe = describe;
    this.#forget = context.keep(() => {
      this.#isStopping = true;
      // Nobody waits for a generator that waits.
      if (this.#settle !== undefined) {
        this.#stop();
      }
    });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<string>> {
    if (this.#isDone) {
      return Promise.resolve(END);
    }
    return new Promise((resolve) => {
      this.#settle = resolve;
      const early = this.#early;
      if (this.#isStopping) {
        this.#stop();
      } else if (early !== undefined) {
        this.#early = undefined;
        early();
      } else {
        this.#keepAlive();
        if (!this.#isAsked) {
          this.#ask();
        }
      }
    });
  }

  /** The caller went away. */
  async return(): Promise<IteratorResult<string>> {
    if (!this.#isDone) {
      const leaving = this.#leave("the caller went away");
      this.#answer(END);
      await leaving;
    }
    return END;
  }

  #ask(): void {
    this.#isAsked = true;
    this.#source.next().then(this.#take, this.#fail);
  }

  readonly #take = (step: IteratorResult<unknown>): void => {
    this.#isAsked = false;
    if (this.#isDone) {
      return;
    }
    if (this.#settle === undefined) {
      this.#early = () => this.#take(step);
      return;
    }
    if (step.done === true) {
      this.#conclude({ isFailure: isFailure(step.value), error: step.value });
      return;
    }
    let value: string;
    try {
      value = this.#writing.write(step.value);
    } catch (error) {
      this.#conclude({ isFailure: true, error });
      return;
    }
    // A comment is nothing at all in JSON lines.
    if (value === "") {
      this.#ask();
    } else {
      this.#answer({ done: false, value });
    }
  };

  readonly #fail = (error: unknown): void => {
    this.#isAsked = false;
    // Once the caller is gone nobody hears of it: it is what the signal made of the generator.
    if (this.#isDone) {
      return;
    }
    if (this.#settle === undefined) {
      this.#early = () => this.#fail(error);
      return;
    }
    this.#conclude({ isFailure: true, error });
  };

  #answer(step: IteratorResult<string>): void {
    const settle = this.#settle;
    this.#settle = undefined;
    this.#saidAt = Date.now();
    settle?.(step);
  }

  #conclude(outcome: Outcome): void {
    void this.#end(outcome).then((step) => this.#answer(step));
  }

  #stop(): void {
    this.#context.track(this.#leave("the server stops"));
    this.#answer(this.#isEvents ? { done: false, value: COME_BACK } : END);
  }

  get #isEvents(): boolean {
    return this.#writing.type === "text/event-stream";
  }

  /** Says something where nothing was said for a while, as long as somebody waits. */
  #keepAlive(): void {
    const { keepAlive, comment } = this.#writing;
    if (this.#timer !== undefined || !this.#isEvents) {
      return;
    }
    this.#saidAt = Date.now();
    const look = (): void => {
      this.#timer = undefined;
      if (this.#settle === undefined) {
        return;
      }
      const quiet = Date.now() - this.#saidAt;
      if (quiet >= keepAlive) {
        this.#answer({ done: false, value: comment });
      } else {
        this.#timer = setTimeout(look, keepAlive - quiet);
      }
    };
    this.#timer = setTimeout(look, keepAlive);
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
    clearTimeout(this.#timer);
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
    return this.#isEvents ? encodeEvent({ event: "error", data: problem }) : `{"error":${problem}}\n`;
  }
}

const END: IteratorResult<string> = Object.freeze({ done: true, value: undefined });
