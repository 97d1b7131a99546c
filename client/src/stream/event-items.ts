import { decodeProblem, parseJson } from "../call/decode-problem.ts";
import { TransportError, transportError } from "../transport-error.ts";
import { eventParser } from "./event-parser.ts";

/** How the events of one stream are read. */
interface EventReading {
  readonly signal: AbortSignal | undefined;
  /** Items are `{ event, data }`: the stream is one of `events({ … })`. */
  readonly isNamed: boolean;
  readonly revive: ((enriched: unknown) => unknown) | undefined;
}

/** The items of one connection's event stream (WHATWG HTML, 9.2). An `error` event is thrown as the error of its problem. */
export class EventItems implements AsyncIterableIterator<unknown> {
  /** Of the last event that had one. */
  lastEventId: string | undefined;
  /** Milliseconds before another connection, as the server says. */
  retry: number | undefined;
  /** The server's last words were when to come back: it stops, and the stream is not over. */
  isInterrupted = false;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #signal: AbortSignal | undefined;
  readonly #feed: (chunk: Uint8Array) => void;
  readonly #arrived: { readonly id: string | undefined; readonly read: () => unknown }[] = [];
  #onGap: ((gap: { readonly lastEventId: string }) => void) | undefined;
  /** Milliseconds of silence that are taken for the end of the connection. */
  #silence: number | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #isOver = false;

  constructor(body: ReadableStream<Uint8Array>, { signal, isNamed, revive = (item) => item }: EventReading) {
    this.#reader = body.getReader();
    this.#signal = signal;
    // Not every `fetch` ends the body when its signal aborts.
    signal?.addEventListener("abort", this.#cancel);
    this.#feed = eventParser({
      event: ({ id, event, data }) => {
        this.isInterrupted = false;
        if (event === "gap") {
          this.#onGap?.(parseJson(data) as { lastEventId: string });
        } else if (event === "error") {
          this.#arrived.push({ id, read: () => throwProblem(data) });
        } else {
          const read = (): unknown => revive(parseJson(data));
          this.#arrived.push({
            id,
            read: isNamed ? () => ({ event: event ?? "message", data: read() }) : read,
          });
        }
      },
      retry: (milliseconds) => {
        this.retry = milliseconds;
        this.isInterrupted = true;
      },
      tooLong: (error) => {
        const read = (): never => {
          throw new TransportError("MALFORMED", error);
        };
        this.#arrived.push({ id: undefined, read });
      },
    });
  }

  /** Tells what is not an item, and how long a silence may be. */
  listen(onGap: ((gap: { readonly lastEventId: string }) => void) | undefined, silence: number): void {
    this.#onGap = onGap;
    this.#silence = silence;
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
          this.lastEventId = item.id ?? this.lastEventId;
          return { done: false, value: item.read() };
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
      chunk = await this.#read();
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
      this.#feed(chunk.value);
    }
  }

  async #read(): Promise<ReadableStreamReadResult<Uint8Array>> {
    if (this.#silence === undefined) {
      return this.#reader.read();
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    const silent = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error("the server has been silent for too long")), this.#silence);
    });
    return Promise.race([this.#reader.read(), silent]).finally(() => clearTimeout(timer));
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
