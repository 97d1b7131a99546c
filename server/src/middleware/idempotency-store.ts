import type { MaybePromise } from "@tenon/core";

/** A reply that is kept, with what it was the reply to. */
export interface KeptReply {
  /** A digest of the request. */
  readonly request: string;
  readonly status: number;
  /** Names in lower case and values, alternately. */
  readonly headers: readonly string[];
  readonly body: string | Uint8Array | undefined;
}

/** Where replies are kept by the caller's key. `begin` is one step: of two that come at once, one begins. */
export interface IdempotencyStore {
  /** Takes the key for a request that now runs; or gives the reply that is kept, or says that another is running. */
  begin(key: string): MaybePromise<"begun" | "running" | KeptReply>;
  /** Keeps the reply of the request that runs under the key. */
  keep(key: string, reply: KeptReply): MaybePromise<void>;
  /** The request that ran under the key left nothing to keep: the next one begins anew. */
  drop(key: string): MaybePromise<void>;
}

/** Options of `memoryIdempotency`. */
export interface MemoryIdempotencyOptions {
  /** Replies, and requests that are running; 10,000 by default. Past it the reply that was kept longest ago goes. */
  maxKeys?: number;
  /** Seconds that a reply is kept; a day by default. */
  maxAge?: number;
  /** Milliseconds; a clock of one's own. */
  now?: () => number;
}

/** Keeps replies in this process, for one worker. */
export function memoryIdempotency({
  maxKeys = 10_000,
  maxAge = 24 * 60 * 60,
  now = Date.now,
}: MemoryIdempotencyOptions = {}): IdempotencyStore & { readonly size: number } {
  const running = new Set<string>();
  // In the order in which they were kept, so that the first to end is first.
  const kept = new Map<string, { readonly reply: KeptReply; readonly until: number }>();
  const forget = (): void => {
    for (const [key, { until }] of kept) {
      if (kept.size + running.size <= maxKeys && until > now()) {
        return;
      }
      kept.delete(key);
    }
  };
  return {
    begin: (key) => {
      forget();
      if (running.has(key)) {
        return "running";
      }
      const found = kept.get(key);
      if (found !== undefined) {
        return found.reply;
      }
      running.add(key);
      return "begun";
    },
    keep: (key, reply) => {
      running.delete(key);
      kept.delete(key);
      kept.set(key, { reply, until: now() + maxAge * 1000 });
      forget();
    },
    drop: (key) => void running.delete(key),
    get size() {
      return kept.size + running.size;
    },
  };
}
