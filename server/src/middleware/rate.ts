import type { MaybePromise } from "@tenon/core";

/** How many requests in how much time. */
export interface RatePolicy {
  /** Requests that may come at once; as many come back within a window, evenly. */
  readonly limit: number;
  /** Milliseconds. */
  readonly window: number;
}

/** What taking one request from a key's quota gave. */
export interface RateTaken {
  readonly isAllowed: boolean;
  /** Requests that may follow at once. */
  readonly remaining: number;
  /** Milliseconds until one is allowed again; 0 where this one is. */
  readonly retryAfter: number;
  /** Milliseconds until the whole limit is there again. */
  readonly reset: number;
}

/** Where quotas are counted. `take` is one step: two that come at once never take the same. */
export interface RateLimitStore {
  take(key: string, policy: RatePolicy): MaybePromise<RateTaken>;
}

/** What rounding may cost: a thousandth of a request. */
const TOLERANCE = 1e-3;

/**
 * Tells whether one more fits, and how far ahead the key is then. A key is `ahead` by the time that its requests take to come
 * back (GCRA, ITU-T I.371): one number a key, and no window at whose end everything comes back at once.
 */
export function decideRate(
  ahead: number,
  { limit, window }: RatePolicy,
): { isAllowed: boolean; ahead: number } {
  const step = window / limit;
  const isAllowed = ahead + step <= window + step * TOLERANCE;
  return { isAllowed, ahead: isAllowed ? ahead + step : ahead };
}

/** What a decision means to the caller. */
export function rateTaken(isAllowed: boolean, ahead: number, { limit, window }: RatePolicy): RateTaken {
  const step = window / limit;
  return {
    isAllowed,
    remaining: Math.max(0, Math.floor((window - ahead) / step + TOLERANCE)),
    retryAfter: isAllowed ? 0 : Math.max(0, ahead + step - window),
    reset: ahead,
  };
}

/** Counts in this process. Bounded: past `maxKeys` (100,000 by default) the key that was asked about longest ago is forgotten. */
export function memoryRateLimits({
  maxKeys = 100_000,
  now = () => performance.now(),
}: {
  maxKeys?: number;
  now?: () => number;
} = {}): RateLimitStore & { readonly size: number } {
  // Each key with the time at which it has its whole limit again; in the order in which they were asked about.
  const keys = new Map<string, number>();
  const forgetOldest = (time: number): void => {
    for (const [key, full] of keys) {
      if (keys.size <= maxKeys && full > time) {
        return;
      }
      keys.delete(key);
    }
  };
  return {
    take: (key, policy) => {
      const time = now();
      const { isAllowed, ahead } = decideRate(Math.max(0, (keys.get(key) ?? time) - time), policy);
      keys.delete(key);
      keys.set(key, time + ahead);
      forgetOldest(time);
      return rateTaken(isAllowed, ahead, policy);
    },
    get size() {
      return keys.size;
    },
  };
}
