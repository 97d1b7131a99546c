import type { Hash } from "node:crypto";
import { ApiError, type Context, DefinitionError, type MaybePromise, type Middleware } from "@tenon/core";
import type { BodyFailure, Exchange } from "../exchange/exchange.ts";
import type { Reply } from "../exchange/reply.ts";
import { checkDeclaredLength, tooLarge } from "../request/read-json.ts";
import type { RequestContext } from "../request/request-context.ts";
import { frameworkError } from "../response/problem.ts";
import type { IdempotencyStore, KeptReply } from "./idempotency-store.ts";
import { credentialsOf } from "../security/presented.ts";
import { InnerExchange } from "../exchange/inner-exchange.ts";
import type { Next } from "./next.ts";

/** Options of `idempotency`. */
export interface IdempotencyOptions {
  /** Where replies are kept: `memoryIdempotency()` for one worker. */
  store: IdempotencyStore;
  /**
   * Whose key it is: two callers may choose the same. By default the credentials that the operation asks for, and of operations
   * without a security scheme all cookies; write the user's id where a session's cookie changes between two attempts.
   */
  by?: (context: Context) => MaybePromise<string>;
  /** Requests without a key are refused with 400. False by default. */
  required?: boolean;
  /** Bytes of a reply that is kept; 1 MiB by default. A larger one is sent, and the next attempt runs anew. */
  maxBytes?: number;
  /** Bytes of a body that a repeated request may have; 1 MiB by default. */
  maxBody?: number;
}

const MIB = 1024 * 1024;
const KEY = /^[\x21-\x7e]{1,255}$/;

/**
 * Runs a `POST` or `PATCH` once for each `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header-07): whoever repeats it gets the
 * first reply again, 409 while that is being made, and 422 for another request under the same key. Replies of success are
 * kept; after a failure the next attempt runs anew.
 */
export function idempotency(options: IdempotencyOptions): Middleware {
  const { store, by = credentialsOf, required = false, maxBytes = MIB, maxBody = MIB } = options;
  if (typeof (store as Partial<IdempotencyStore> | undefined)?.begin !== "function") {
    throw new DefinitionError(
      "BAD_OPTION",
      "idempotency: write where replies are kept: { store: memoryIdempotency() }",
    );
  }
  const run = async (context: RequestContext, next: Next, sent: string): Promise<Reply | ApiError> => {
    const { createHash } = await import("node:crypto");
    const { exchange, served } = context;
    const key = createHash("sha256")
      .update(JSON.stringify([served?.id, await by(context), sent]))
      .digest("base64url");
    const found = await store.begin(key);
    if (found === "running") {
      return new ApiError("IDEMPOTENCY_CONFLICT", 409, undefined, { headers: { "retry-after": "1" } });
    }
    const hash = createHash("sha256").update(`${context.method} ${exchange.basePath}${exchange.target}\n`);
    if (found !== "begun") {
      await hashBody(exchange, hash, maxBody);
      return found.request === hash.digest("base64url")
        ? replayed(found)
        : new ApiError("IDEMPOTENCY_KEY_REUSED", 422, undefined);
    }
    const hashed = new HashedExchange(exchange, hash);
    context.exchange = hashed;
    let kept: KeptReply | undefined;
    try {
      const reply = await next();
      kept = hashed.isWhole ? toKeep(reply, hash.digest("base64url"), maxBytes) : undefined;
      return reply;
    } finally {
      try {
        if (kept !== undefined) {
          await store.keep(key, kept);
        } else if (context.isCalling) {
          // Past the time limit the handler may still be at work, and a stream is: until its end nobody begins.
          context.after(() => store.drop(key));
        } else {
          await store.drop(key);
        }
      } catch (error) {
        // What was done is done: the caller hears of it.
        context.reportError(error);
      }
    }
  };
  return {
    name: "idempotency",
    errors: {
      IDEMPOTENCY_CONFLICT: {
        status: 409,
        description: "A request with the same `Idempotency-Key` is running.",
        headers: { "retry-after": "Seconds after which it may have ended." },
      },
      IDEMPOTENCY_KEY_REUSED: {
        status: 422,
        description: "The `Idempotency-Key` belongs to another request.",
      },
      MALFORMED_REQUEST: { status: 400 },
      TOO_LARGE: { status: 413 },
    },
    responseHeaders: {
      "idempotency-replayed": "`true`: the reply is that of an earlier request with the same key.",
    },
    applies: ({ method }) => method === "POST" || method === "PATCH",
    handle(context: RequestContext, next: Next) {
      const key = context.exchange.header("idempotency-key");
      if (key === undefined) {
        if (required) {
          throw frameworkError("MALFORMED_REQUEST", "the header Idempotency-Key is missing");
        }
        return next();
      }
      if (!KEY.test(key)) {
        throw frameworkError(
          "MALFORMED_REQUEST",
          "the Idempotency-Key must be 1 to 255 visible ASCII characters",
        );
      }
      return run(context, next, key);
    },
  };
}

/** What can be given again: a success whose body is there as a whole. */
function toKeep(reply: Reply, request: string, maxBytes: number): KeptReply | undefined {
  if (reply.status >= 400 || (reply.kind !== "bytes" && reply.kind !== "empty")) {
    return undefined;
  }
  const body = reply.kind === "bytes" ? reply.body : undefined;
  if (
    body !== undefined &&
    (typeof body === "string" ? Buffer.byteLength(body) : body.byteLength) > maxBytes
  ) {
    return undefined;
  }
  // A copy: what is outside adds to the reply's own list.
  return { request, status: reply.status, headers: [...reply.headers], body };
}

function replayed({ status, headers, body }: KeptReply): Reply {
  const list = [...headers, "idempotency-replayed", "true"];
  return body === undefined
    ? { kind: "empty", status, headers: list }
    : { kind: "bytes", status, headers: list, body };
}

async function hashBody(exchange: Exchange, hash: Hash, limit: number): Promise<void> {
  if (!exchange.hasBody) {
    return;
  }
  checkDeclaredLength(exchange, limit);
  const body = await exchange.readBody(limit);
  if (typeof body === "string") {
    throw body === "too-large" ? tooLarge(limit) : frameworkError("MALFORMED_BODY", "the body breaks off");
  }
  hash.update(body);
}

/** Takes a digest of the body as it is read, so that nothing of it is read before admission. */
class HashedExchange extends InnerExchange {
  readonly #hash: Hash;
  /** All of the body has been read, and none that was not. */
  isWhole: boolean;

  constructor(outer: Exchange, hash: Hash) {
    super(outer);
    this.#hash = hash;
    this.isWhole = !outer.hasBody;
  }

  override async readBody(limit: number): Promise<Uint8Array | BodyFailure> {
    const body = await this.outer.readBody(limit);
    if (typeof body !== "string") {
      this.#hash.update(body);
      this.isWhole = true;
    }
    return body;
  }

  override async *pull(): AsyncGenerator<Uint8Array> {
    for await (const chunk of this.outer.pull()) {
      this.#hash.update(chunk);
      yield chunk;
    }
    this.isWhole = true;
  }
}
