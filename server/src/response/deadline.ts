import type { MaybePromise } from "@tenon/core";
import type { Reply } from "../exchange/reply.ts";
import type { RequestContext } from "../request/request-context.ts";

interface Waiting {
  readonly context: RequestContext;
  readonly since: number;
  readonly resolve: (reply: MaybePromise<Reply>) => void;
}

/**
 * Bounds the time to the first byte. One coarse clock for all requests: a timer for each would cost more than the rest of
 * the bookkeeping (`bench/run-time` S2).
 */
export class Deadline {
  readonly #limit: number;
  readonly #expire: (context: RequestContext) => Reply;
  readonly #waiting = new Set<Waiting>();
  #clock: ReturnType<typeof setInterval> | undefined;

  /** `limit` in milliseconds; 0 for none. */
  constructor(limit: number, expire: (context: RequestContext) => Reply) {
    this.#limit = limit;
    this.#expire = expire;
  }

  watch(reply: Promise<Reply>, context: RequestContext): Promise<Reply> {
    if (this.#limit === 0) {
      return reply;
    }
    return new Promise((resolve, reject) => {
      const waiting: Waiting = { context, since: Date.now(), resolve };
      this.#waiting.add(waiting);
      this.#start();
      reply.then(
        (settled) => {
          this.#leave(waiting);
          resolve(settled);
        },
        (error) => {
          this.#leave(waiting);
          reject(error);
        },
      );
    });
  }

  #leave(waiting: Waiting): void {
    this.#waiting.delete(waiting);
    if (this.#waiting.size === 0) {
      clearInterval(this.#clock);
      this.#clock = undefined;
    }
  }

  #start(): void {
    if (this.#clock === undefined) {
      this.#clock = setInterval(() => this.#sweep(), Math.min(500, Math.max(5, this.#limit / 4)));
      (this.#clock as { unref?: () => void }).unref?.();
    }
  }

  // A Set keeps the order of adding: the first that is in time ends the sweep.
  #sweep(): void {
    const now = Date.now();
    for (const waiting of this.#waiting) {
      if (now - waiting.since < this.#limit) {
        return;
      }
      this.#leave(waiting);
      waiting.resolve(this.#expire(waiting.context));
      waiting.context.abort(new DOMException("the time limit has passed", "TimeoutError"));
    }
  }
}
