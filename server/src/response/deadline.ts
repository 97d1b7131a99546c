import type { MaybePromise } from "@tenon/core";
import { discardReply, type Reply } from "../exchange/reply.ts";
import type { RequestContext } from "../request/request-context.ts";

interface Waiting {
  readonly context: RequestContext;
  readonly resolve: (reply: MaybePromise<Reply>) => void;
}

/**
 * Bounds the time from the end of the body to the first byte. One coarse clock for all requests: a timer for each would cost more than the rest of
 * the bookkeeping (`bench/run-time` S2).
 */
export class Deadline {
  readonly #limit: number;
  readonly #expire: (context: RequestContext) => Reply;
  readonly #waiting = new Set<Waiting>();
  #clock: ReturnType<typeof setInterval> | undefined;
  /** Milliseconds between looks at the clock: a part of the smallest limit that was asked for. */
  #interval = Number.POSITIVE_INFINITY;

  /** `limit` in milliseconds; 0 for none. */
  constructor(limit: number, expire: (context: RequestContext) => Reply) {
    this.#limit = limit;
    this.#expire = expire;
  }

  watch(reply: Promise<Reply>, context: RequestContext): Promise<Reply> {
    const limit = context.timeLimit ?? this.#limit;
    if (limit === 0) {
      return reply;
    }
    return new Promise((resolve, reject) => {
      const waiting: Waiting = { context, resolve };
      context.waitsSince ??= Date.now();
      this.#waiting.add(waiting);
      this.#start(limit);
      reply.then(
        (settled) => {
          if (this.#leave(waiting)) {
            resolve(settled);
          } else {
            discardReply(settled);
          }
        },
        (error) => {
          this.#leave(waiting);
          reject(error);
        },
      );
    });
  }

  /** False where it has already been answered for. */
  #leave(waiting: Waiting): boolean {
    const isInTime = this.#waiting.delete(waiting);
    if (this.#waiting.size === 0) {
      clearInterval(this.#clock);
      this.#clock = undefined;
    }
    return isInTime;
  }

  #start(limit: number): void {
    const interval = Math.min(500, Math.max(5, limit / 4));
    if (interval < this.#interval) {
      this.#interval = interval;
      clearInterval(this.#clock);
      this.#clock = undefined;
    }
    if (this.#clock === undefined) {
      this.#clock = setInterval(() => this.#sweep(), this.#interval);
      (this.#clock as { unref?: () => void }).unref?.();
    }
  }

  #sweep(): void {
    const now = Date.now();
    for (const waiting of this.#waiting) {
      const { context, resolve } = waiting;
      if (now - (context.waitsSince ?? now) >= (context.timeLimit ?? this.#limit)) {
        this.#leave(waiting);
        resolve(this.#expire(context));
        context.abort(new DOMException("the time limit has passed", "TimeoutError"));
      }
    }
  }
}
