import { ApiError, type Context, DefinitionError, type MaybePromise, type Middleware } from "@tenon/core";
import { andThen } from "../exchange/promise.ts";
import { addVary, deleteHeader, getHeader, type Reply, setHeader } from "../exchange/reply.ts";
import type { RequestContext } from "../request/request-context.ts";
import { isFresh } from "../response/validators.ts";
import type { Next } from "./next.ts";

/** Options of `cache`. */
export interface CacheOptions {
  /** `Cache-Control` of successful reads that say none themselves: `public, max-age=60`; `no-cache` by default: kept, and asked about each time. */
  control?: string;
  /** Request headers by which replies differ. */
  vary?: readonly string[];
  /**
   * The entity tag of what a request is about, as it is now; undefined where there is nothing. With it `If-Match` and
   * `If-None-Match` are conditions of changes, too: 412 where they do not hold, before the handler is called.
   */
  current?: (context: Context) => MaybePromise<string | undefined>;
  /** Changes without `If-Match` are refused with 428 (RFC 6585, 3). False by default; needs `current`. */
  required?: boolean;
}

/**
 * Lets callers and caches keep what they have read: an entity tag for every whole reply that has none, 304 for whoever has it already
 * (RFC 9110, 13). Replies to credentials stay `private, no-store`, unless `control` says `private` itself. Put it inside `compress`.
 */
export function cache(options: CacheOptions = {}): Middleware {
  const { control = "no-cache", vary = [], current, required = false } = options;
  if (required && current === undefined) {
    throw new DefinitionError(
      "BAD_OPTION",
      "cache: 'required' asks for 'current': nothing else says what If-Match is about",
    );
  }
  return {
    name: "cache",
    errors: {
      PRECONDITION_FAILED: {
        status: 412,
        description: "What the request is about is not what the caller knows of it.",
      },
      ...(required
        ? {
            PRECONDITION_REQUIRED: {
              status: 428,
              description: "A change has to say what it changes: `If-Match`.",
            },
          }
        : {}),
    },
    responses: { 304: "The caller has it already (RFC 9110, 15.4.5)." },
    responseHeaders: {
      etag: "Identifies this version (RFC 9110, 8.8.3).",
      "cache-control": "Who may keep the reply, and for how long (RFC 9111, 5.2).",
    },
    applies: ({ method }) => method === "GET" || current !== undefined,
    handle(context: RequestContext, next: Next) {
      const { exchange, method } = context;
      if (method === "GET" || method === "HEAD") {
        return andThen(next(), (reply) => answerRead(reply, context, control, vary));
      }
      // At the canonical address a read is a POST: nothing changes.
      if (current === undefined || context.served?.kind !== "mutation") {
        return next();
      }
      const [match, noneMatch] = [exchange.header("if-match"), exchange.header("if-none-match")];
      if (match === undefined && noneMatch === undefined) {
        return required ? new ApiError("PRECONDITION_REQUIRED", 428, undefined) : next();
      }
      return andThen(current(context), (tag) =>
        (match === undefined || names(match, tag)) && !(noneMatch !== undefined && names(noneMatch, tag))
          ? next()
          : failed(),
      );
    },
  };
}

function answerRead(
  reply: Reply,
  context: RequestContext,
  control: string,
  vary: readonly string[],
): MaybePromise<Reply | ApiError> {
  if (reply.status !== 200 || reply.kind !== "bytes") {
    return reply;
  }
  const { headers, body } = reply;
  const said = getHeader(headers, "cache-control");
  if (said === undefined || (said === "private, no-store" && /\bprivate\b/.test(control))) {
    setHeader(headers, "cache-control", control);
  }
  if (vary.length > 0) {
    addVary(headers, ...vary);
  }
  const own = getHeader(headers, "etag");
  return andThen(own ?? tagOf(body), (etag) => {
    setHeader(headers, "etag", etag);
    const match = context.exchange.header("if-match");
    if (match !== undefined && !names(match, etag)) {
      return failed();
    }
    if (!isFresh(context.exchange, { etag })) {
      return reply;
    }
    for (const name of OF_BODY) {
      deleteHeader(headers, name);
    }
    return Object.assign(reply as Reply, { kind: "empty", status: 304 }) as Reply;
  });
}

const OF_BODY = ["content-type", "content-length", "content-encoding", "content-language"];

function failed(): ApiError {
  return new ApiError("PRECONDITION_FAILED", 412, undefined);
}

/**
 * Tells whether a condition names a tag. `If-Match` compares strongly (RFC 9110, 13.1.1), but for tags that `compress` has
 * weakened: what they were made of is the same to the byte.
 */
function names(condition: string, tag: string | undefined): boolean {
  if (tag === undefined) {
    return false;
  }
  const wanted = tag.replace(/^W\//, "");
  return condition.split(",").some((each) => {
    const named = each.trim();
    return named === "*" || named.replace(/^W\//, "") === wanted;
  });
}

/** The same bytes, the same tag, on every worker. */
async function tagOf(body: string | Uint8Array): Promise<string> {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const digest = new Uint8Array(
    await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>),
    0,
    12,
  );
  return `"${Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("")}"`;
}
