import type { Reconnection } from "@tenon/core";
import { type Result, unwrap } from "../result.ts";
import { TransportError } from "../transport-error.ts";
import { EventItems } from "./event-items.ts";
import { isLoss, pause } from "./loss.ts";
import type { Open, Resumption, StreamSettings } from "./stream-request.ts";

const SERVER_STOPS = "the server stopped before the stream was over";

/** Iterates the stream that a call answers with, across connections. Leaving the loop ends the request. */
export class OpenStream implements AsyncIterator<unknown> {
  readonly #open: Open;
  readonly #settings: StreamSettings;
  readonly #policy: Required<Reconnection>;
  readonly #controller = new AbortController();
  readonly #signal: AbortSignal;
  #items: Promise<AsyncIterator<unknown>> | undefined;
  #lastEventId: string | undefined;
  /** What the server says of the time before the next attempt. */
  #retry: number | undefined;
  #failed = 0;
  #wasOpen = false;
  #isOver = false;
  #last: Promise<unknown> = Promise.resolve();

  constructor(open: Open, settings: StreamSettings) {
    const { signal, reconnect, lastEventId } = settings;
    const own = this.#controller.signal;
    this.#open = open;
    this.#settings = settings;
    this.#signal = signal === undefined ? own : AbortSignal.any([signal, own]);
    this.#lastEventId = lastEventId;
    this.#policy = {
      ...POLICY,
      anew: reconnect === true,
      ...(typeof reconnect === "object" ? reconnect : undefined),
    };
  }

  /** One after the other, also where several are asked for at once. */
  next(): Promise<IteratorResult<unknown>> {
    const step = this.#last.then(() => this.#step());
    this.#last = step.catch(() => {});
    return step;
  }

  async #step(): Promise<IteratorResult<unknown>> {
    while (!this.#isOver) {
      let failure: unknown;
      try {
        const step = await this.#advance();
        if (step !== undefined) {
          this.#isOver = step.done === true;
          return step;
        }
        failure = new TransportError("NETWORK", undefined, SERVER_STOPS);
      } catch (error) {
        failure = error;
      }
      await this.#recover(failure);
    }
    return DONE;
  }

  /** The next item; undefined where the server stops and expects the caller back. */
  async #advance(): Promise<IteratorResult<unknown> | undefined> {
    this.#items ??= iterate(this.#open(this.#signal, this.#resumption()));
    const items = await this.#items;
    this.#wasOpen = true;
    if (!(items instanceof EventItems)) {
      return items.next();
    }
    items.listen(this.#settings.onGap, this.#policy.silence);
    try {
      const step = await items.next();
      this.#failed = step.done === true ? this.#failed : 0;
      return step.done === true && items.isInterrupted ? undefined : step;
    } finally {
      this.#lastEventId = items.lastEventId ?? this.#lastEventId;
      this.#retry = items.retry ?? this.#retry;
    }
  }

  /** Waits for the next attempt; throws where there is none. */
  async #recover(failure: unknown): Promise<void> {
    // Whoever has left does not want to hear of it.
    if (this.#isOver) {
      return;
    }
    const { reconnect } = this.#settings;
    const canResume = this.#lastEventId !== undefined || this.#policy.anew;
    if (
      !this.#wasOpen ||
      reconnect === false ||
      !canResume ||
      !isLoss(failure) ||
      this.#failed >= this.#policy.attempts
    ) {
      this.#isOver = true;
      throw failure;
    }
    this.#items = undefined;
    const base = this.#retry ?? this.#policy.delay;
    const delay = Math.min(base * 2 ** this.#failed, this.#policy.maxDelay);
    this.#failed++;
    // By chance, so that not everybody comes back at once.
    await pause(delay * (0.5 + Math.random() / 2), this.#signal);
    if (this.#signal.aborted && !this.#isOver) {
      this.#isOver = true;
      throw failure;
    }
  }

  #resumption(): Resumption {
    const { headers } = this.#settings;
    return this.#lastEventId === undefined
      ? {}
      : { headers: { ...headers, "last-event-id": this.#lastEventId } };
  }

  async return(): Promise<IteratorResult<unknown>> {
    this.#isOver = true;
    this.#controller.abort();
    this.#items?.then(
      (items) => items.return?.(),
      () => {},
    );
    return DONE;
  }
}

const POLICY: Required<Reconnection> = {
  attempts: 10,
  delay: 1000,
  maxDelay: 30_000,
  silence: 60_000,
  anew: false,
};
const DONE: IteratorResult<unknown> = Object.freeze({ done: true, value: undefined });

/** Reads the events of a response. */
export async function readEvents(response: Response, signal: AbortSignal | undefined): Promise<EventItems> {
  const type = response.headers.get("content-type") ?? "";
  const revive = /;\s*wire=rich\b/.test(type) ? (await import("../call/revive.ts")).revive : undefined;
  const isNamed = /;\s*events=named\b/.test(type);
  return new EventItems(response.body as ReadableStream<Uint8Array>, { signal, isNamed, revive });
}

async function iterate(result: Promise<Result>): Promise<AsyncIterator<unknown>> {
  const data = (await unwrap(result)) as Partial<AsyncIterable<unknown>> | null | undefined;
  const items = data?.[Symbol.asyncIterator]?.();
  if (items === undefined) {
    throw new TransportError("UNEXPECTED", data, "the answer is not a stream");
  }
  return items;
}
