import { type Context, DefinitionError, type MaybePromise, type Middleware } from "@tenon/core";
import { andThen, isPromise } from "../exchange/promise.ts";
import { setHeader } from "../exchange/reply.ts";
import type { RequestContext } from "../request/request-context.ts";
import { frameworkError } from "../response/problem.ts";
import { callerAddress } from "./caller-address.ts";
import type { Next } from "./next.ts";
import { memoryRateLimits, type RateLimitStore, type RatePolicy, type RateTaken } from "./rate.ts";

/** Options of `rateLimit`. */
export interface RateLimitOptions {
  /** Requests that may come at once; as many come back within a window, evenly. */
  limit: number;
  /** Seconds. */
  window: number;
  /** Whose quota a request takes from; undefined for nobody's. By default the caller's address, of IPv6 its network (/64). */
  key?: (context: Context) => MaybePromise<string | undefined>;
  /** Tells this limit from others of one store, and in the headers; `default` by default. */
  name?: string;
  /** Where quotas are counted: in this process by default, `redisRateLimits` of `@tenon/server/redis` with more than one. */
  store?: RateLimitStore;
  /** Without its store, or where that takes more than a second: `closed` answers 503 (by default), `open` lets everybody in. */
  failure?: "open" | "closed";
  /**
   * `standard`: `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers-10), by default. `separate`:
   * `RateLimit-Limit`, `-Remaining` and `-Reset`. False for none; refusals say `Retry-After` in any case.
   */
  headers?: "standard" | "separate" | false;
}

const PATIENCE = 1000;

/** Limits how many requests a caller may send in a time: 429 past it. Counts before credentials are looked at. */
export function rateLimit(options: RateLimitOptions): Middleware {
  const { limit, window, name = "default", failure = "closed", headers = "standard" } = options;
  check(limit, window, name);
  const { key = addressOf, store = memoryRateLimits() } = options;
  const policy: RatePolicy = { limit, window: window * 1000 };
  const write = headers === false ? () => [] : WRITERS[headers];
  const take = (whose: string, context: RequestContext): MaybePromise<RateTaken | undefined> => {
    const failed = (error: unknown): undefined => {
      context.reportError(error);
      if (failure === "closed") {
        throw frameworkError("UNAVAILABLE");
      }
      return undefined;
    };
    try {
      const taken = store.take(`${name}:${whose}`, policy);
      return isPromise(taken) ? patiently(taken).catch(failed) : taken;
    } catch (error) {
      return failed(error);
    }
  };
  const described = DESCRIPTIONS[headers === false ? "none" : headers];
  return {
    name: "rateLimit",
    errors: {
      RATE_LIMITED: {
        status: 429,
        headers: {
          "retry-after": "Seconds until a request is allowed again (RFC 9110, 10.2.3).",
          ...described,
        },
      },
      ...(failure === "closed" ? { UNAVAILABLE: { status: 503 } } : {}),
    },
    responseHeaders: described,
    handle(context: RequestContext, next: Next) {
      return andThen(key(context), (whose) => {
        if (whose === undefined) {
          return next();
        }
        return andThen(take(whose, context), (taken) => {
          if (taken === undefined) {
            return next();
          }
          const told = write(name, policy, taken);
          if (!taken.isAllowed) {
            throw frameworkError("RATE_LIMITED", undefined, {
              headers: { "retry-after": String(seconds(taken.retryAfter)), ...Object.fromEntries(told) },
            });
          }
          return andThen(next(), (reply) => {
            for (const [header, value] of told) {
              setHeader(reply.headers, header, value);
            }
            return reply;
          });
        });
      });
    },
  };
}

function check(limit: number, window: number, name: string): void {
  if (!Number.isSafeInteger(limit) || limit < 1 || !(window > 0) || !Number.isFinite(window)) {
    throw new DefinitionError("BAD_OPTION", "rateLimit: write a limit of at least 1 and a window in seconds");
  }
  if (!/^[\w.-]+$/.test(name)) {
    throw new DefinitionError(
      "BAD_OPTION",
      `rateLimit: the name '${name}' goes into a header: write letters, digits, '-', '_', '.'`,
    );
  }
}

function addressOf(context: Context): string {
  if (context.ip === "") {
    throw new Error(
      "rateLimit: the run time tells no address of callers: pass 'ip' to app.fetch, or write a 'key'",
    );
  }
  return callerAddress(context.ip);
}

/** A store that does not answer must not hold every request. */
async function patiently(taken: Promise<RateTaken>): Promise<RateTaken> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await Promise.race([
      taken,
      new Promise<never>((_resolve, reject) => {
        timer = setTimeout(
          () => reject(new Error(`rateLimit: the store did not answer within ${PATIENCE} ms`)),
          PATIENCE,
        );
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}

/** Whole seconds, never too few. */
function seconds(milliseconds: number): number {
  return Math.ceil(milliseconds / 1000);
}

type Fields = readonly (readonly [name: string, value: string])[];

const WRITERS: Readonly<
  Record<"standard" | "separate", (name: string, policy: RatePolicy, taken: RateTaken) => Fields>
> = {
  standard: (name, { limit, window }, { remaining, reset }) => [
    ["ratelimit-policy", `"${name}";q=${limit};w=${seconds(window)}`],
    ["ratelimit", `"${name}";r=${remaining};t=${seconds(reset)}`],
  ],
  separate: (_name, { limit }, { remaining, reset }) => [
    ["ratelimit-limit", String(limit)],
    ["ratelimit-remaining", String(remaining)],
    ["ratelimit-reset", String(seconds(reset))],
  ],
};

const DESCRIPTIONS: Readonly<Record<"standard" | "separate" | "none", Record<string, string>>> = {
  standard: {
    "ratelimit-policy": "The quota: requests `q` in `w` seconds.",
    ratelimit: "What is left of it: requests `r`, the whole again in `t` seconds.",
  },
  separate: {
    "ratelimit-limit": "Requests that may come in a window.",
    "ratelimit-remaining": "Requests that are left.",
    "ratelimit-reset": "Seconds until all of them are there again.",
  },
  none: {},
};
