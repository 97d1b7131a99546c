import { createParser, type EventSourceParser } from "eventsource-parser";
import { decodeProblem, parseJson } from "../call/decode-problem.ts";
import { TransportError, transportError } from "../transport-error.ts";

// An event that never ends must not fill the memory; characters.
const LONGEST_EVENT = 16 * 1024 * 1024;

/** The items of an event stream (WHATWG HTML, 9.2). An `error` event is thrown as the error of its problem. */
export class EventItems implements AsyncIterableIterator<unknown> {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #signal: AbortSignal | undefined;
  readonly #text = new TextDecoder();
  readonly #parser: EventSourceParser;
  readonly #arrived: (() => unknown)[] = [];
  #last: Promise<unknown> = Promise.resolve();
  #isOver = false;

  constructor(
    body: ReadableStream<Uint8Array>,
    signal: AbortSignal | undefined,
    revive: (enriched: unknown) => unknown = (item) => item,
  ) {
    this.#reader = body.getReader();
    this.#signal = signal;
    // Not every `fetch` ends the body when its signal aborts.
    signal?.addEventListener("abort", this.#cancel);
    this.#parser = createParser({
      maxBufferSize: LONGEST_EVENT,
      onEvent: ({ event, data }) =>
        this.#arrived.push(event === "error" ? () => throwProblem(data) : () => revive(parseJson(data))),
      onError: (error) => {
        if (error.type === "max-buffer-size-exceeded") {
          this.#arrived.push(() => {
            throw new TransportError("MALFORMED", error);
          });
        }
      },
    });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** One after the other, also where several are asked for at once. */
  next(): Promise<IteratorResult<unknown>> {
    const step = this.#last.then(() => this.#step());
    this.#last = step.catch(() => {});
    return step;
  }

  async return(): Promise<IteratorResult<unknown>> {
    this.#end();
    return { done: true, value: undefined };
  }

  async #step(): Promise<IteratorResult<unknown>> {
    try {
      while (!this.#isOver) {
        const item = this.#arrived.shift();
        if (item !== undefined) {
          return { done: false, value: item() };
        }
        await this.#receive();
      }
    } catch (error) {
      this.#end();
      throw error;
    }
    return { done: true, value: undefined };
  }

  async #receive(): Promise<void> {
    let chunk: ReadableStreamReadResult<Uint8Array> | undefined;
    let failure: unknown;
    try {
      chunk = await this.#reader.read();
    } catch (error) {
      failure = error;
    }
    if (this.#isOver) {
      return;
    }
    // Aborted: a body that knows nothing of the signal has ended as if it were complete.
    if (chunk === undefined || this.#signal?.aborted === true) {
      throw transportError(failure, this.#signal);
    }
    if (chunk.done) {
      this.#end();
    } else {
      this.#parser.feed(this.#text.decode(chunk.value, { stream: true }));
    }
  }

  /** The connection ends with the stream, whoever ended it. */
  #end(): void {
    this.#isOver = true;
    this.#signal?.removeEventListener("abort", this.#cancel);
    this.#cancel();
  }

  readonly #cancel = (): void => {
    this.#reader.cancel().catch(() => {});
  };
}

function throwProblem(data: string): never {
  throw (
    decodeProblem(parseJson(data)) ??
    new TransportError("MALFORMED", data, "an error event without a problem")
  );
}
