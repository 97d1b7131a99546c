import { type Result, unwrap } from "../result.ts";
import { TransportError } from "../transport-error.ts";
import { EventItems } from "./event-items.ts";

/** Iterates the stream that a call answers with. Leaving the loop ends the request. */
export class OpenStream implements AsyncIterator<unknown> {
  readonly #open: () => Promise<Result>;
  readonly #controller = new AbortController();
  #items: Promise<AsyncIterator<unknown>> | undefined;
  #isOver = false;

  constructor(open: (signal: AbortSignal) => Promise<Result>, signal: AbortSignal | undefined) {
    const own = this.#controller.signal;
    this.#open = () => open(signal === undefined ? own : AbortSignal.any([signal, own]));
  }

  async next(): Promise<IteratorResult<unknown>> {
    try {
      if (!this.#isOver) {
        this.#items ??= iterate(this.#open());
        return await (await this.#items).next();
      }
    } catch (error) {
      // Whoever has left does not want to hear of it.
      if (!this.#isOver) {
        this.#isOver = true;
        throw error;
      }
    }
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<unknown>> {
    this.#isOver = true;
    this.#controller.abort();
    this.#items?.then(
      (items) => items.return?.(),
      () => {},
    );
    return { done: true, value: undefined };
  }
}

/** Reads the events of a response. */
export async function readEvents(response: Response, signal: AbortSignal | undefined): Promise<EventItems> {
  const isRich = /;\s*wire=rich\b/.test(response.headers.get("content-type") ?? "");
  const revive = isRich ? (await import("../call/revive.ts")).revive : undefined;
  return new EventItems(response.body as ReadableStream<Uint8Array>, signal, revive);
}

async function iterate(result: Promise<Result>): Promise<AsyncIterator<unknown>> {
  const data = (await unwrap(result)) as Partial<AsyncIterable<unknown>> | null | undefined;
  const items = data?.[Symbol.asyncIterator]?.();
  if (items === undefined) {
    throw new TransportError("UNEXPECTED", data, "the answer is not a stream");
  }
  return items;
}
