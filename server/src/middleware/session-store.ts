import type { MaybePromise } from "@tenon/core";

/** Where sessions are kept on the server, by an id that only the caller's cookie holds. */
export interface SessionStore {
  get(id: string): MaybePromise<Readonly<Record<string, unknown>> | undefined>;
  /** `until`: seconds since 1970 after which it may be forgotten. */
  set(id: string, data: Readonly<Record<string, unknown>>, until: number): MaybePromise<void>;
  delete(id: string): MaybePromise<void>;
}

/** Keeps sessions in this process, for one worker. Bounded: past `maxSessions` (100,000 by default) the one that was set longest ago goes. */
export function memorySessions({ maxSessions = 100_000 }: { maxSessions?: number } = {}): SessionStore {
  const kept = new Map<string, { readonly json: string; readonly until: number }>();
  return {
    get: (id) => {
      const found = kept.get(id);
      if (found === undefined || found.until * 1000 <= Date.now()) {
        kept.delete(id);
        return undefined;
      }
      return JSON.parse(found.json) as Record<string, unknown>;
    },
    set: (id, data, until) => {
      kept.delete(id);
      // A copy, as every other store makes one: what a handler changes later is not kept.
      kept.set(id, { json: JSON.stringify(data), until });
      for (const [oldest, { until: end }] of kept) {
        if (kept.size <= maxSessions && end * 1000 > Date.now()) {
          break;
        }
        kept.delete(oldest);
      }
    },
    delete: (id) => void kept.delete(id),
  };
}
