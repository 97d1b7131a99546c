import {
  type Context,
  type CookieAttributes,
  DefinitionError,
  type MaybePromise,
  type Middleware,
} from "@tenon/core";
import { isPromise } from "../exchange/promise.ts";
import { addVary, getHeader, type Reply } from "../exchange/reply.ts";
import type { RequestContext } from "../request/request-context.ts";
import { writeSetCookie } from "../response/set-cookie.ts";
import type { Next } from "./next.ts";
import { randomId, Signer } from "./signer.ts";
import { type Session, SessionState, type Stored } from "./session-state.ts";
import type { SessionStore } from "./session-store.ts";

/** Options of `session`. */
export interface SessionOptions {
  /** What signs the cookie, at least 32 characters each. The first signs, all are known: put a new one in front to rotate. */
  secrets: readonly string[];
  /** Seconds that a session lasts without a request; 14 days by default. */
  maxAge?: number;
  /** The cookie's name, `__Host-session` by default, and what else it says; `Secure`, `HttpOnly` and `SameSite=Lax` by default. */
  cookie?: { readonly name?: string } & Omit<CookieAttributes, "maxAge" | "expires">;
  /**
   * Keeps the data on the server, and only an id in the cookie. Without one the cookie carries them: readable by the caller,
   * at most 4 KB, and a copy of it stays good until it expires, also after `clear()`.
   */
  store?: SessionStore;
}

/** Sessions: a middleware, and the session of a request. */
export interface Sessions<Data extends object> extends Middleware {
  /** The session of a request: `dependency.resolve(({ ctx }) => sessions.of(ctx))`. Throws where the middleware is not around it. */
  of(context: Context): Session<Data>;
}

const SECRET = 32;

/**
 * Remembers a caller from request to request by a signed cookie. Pages of other sites can send the cookie along: put `csrf` beside it.
 */
export function session<Data extends object = Record<string, unknown>>(
  options: SessionOptions,
): Sessions<Data> {
  const { secrets, maxAge = 14 * 24 * 60 * 60, store } = options;
  const { name = "__Host-session", ...attributes } = options.cookie ?? {};
  check(secrets, maxAge, name, attributes);
  const signer = new Signer(name, secrets);
  const states = new WeakMap<object, SessionState>();

  const load = async (cookie: string): Promise<SessionState> => {
    const stored = await signer.open<Stored>(cookie);
    const now = Math.floor(Date.now() / 1000);
    if (stored === undefined || stored.until <= now) {
      return new SessionState(undefined, {}, 0);
    }
    if (store === undefined) {
      return new SessionState(undefined, stored.data ?? {}, stored.until);
    }
    const data = stored.id === undefined ? undefined : await store.get(stored.id);
    return data === undefined
      ? new SessionState(undefined, {}, 0)
      : new SessionState(stored.id, data, stored.until);
  };

  const save = async (state: SessionState): Promise<string | undefined> => {
    const until = Math.floor(Date.now() / 1000) + maxAge;
    if (store !== undefined && state.id !== undefined && (state.isEmpty || state.isRegenerated)) {
      await store.delete(state.id);
    }
    if (state.isEmpty) {
      return state.wasThere ? writeSetCookie(name, "", { ...attributes, maxAge: 0 }) : undefined;
    }
    let id: string | undefined;
    if (store !== undefined) {
      id = state.id === undefined || state.isRegenerated ? randomId() : state.id;
      await store.set(id, state.data, until);
    }
    const signed = await signer.seal(id === undefined ? { until, data: state.data } : { until, id });
    return writeSetCookie(name, signed, { ...attributes, maxAge });
  };

  const settle = (state: SessionState, reply: Reply): MaybePromise<Reply> => {
    state.close();
    if (state.isRead) {
      addVary(reply.headers, "cookie");
    }
    if (!state.isToBeSaved(maxAge)) {
      return reply;
    }
    return save(state).then((cookie) => {
      if (cookie !== undefined) {
        reply.headers.push("set-cookie", cookie);
        if (getHeader(reply.headers, "cache-control") === undefined) {
          reply.headers.push("cache-control", "private, no-store");
        }
      }
      return reply;
    });
  };

  return {
    name: "session",
    responseHeaders: { "set-cookie": `May set \`${name}\`, which carries the session (RFC 6265).` },
    handle(context: RequestContext, next: Next) {
      const run = (state: SessionState): MaybePromise<Reply> => {
        states.set(context, state);
        const reply = next();
        return isPromise(reply) ? reply.then((settled) => settle(state, settled)) : settle(state, reply);
      };
      const cookie = context.exchange.header("cookie") === undefined ? undefined : context.cookies.get(name);
      return cookie === undefined ? run(new SessionState(undefined, {}, 0)) : load(cookie).then(run);
    },
    of(context) {
      const state = states.get(context);
      if (state === undefined) {
        throw new Error("there is no session here: put the middleware of 'session' around the app");
      }
      return state as unknown as Session<Data>;
    },
  };
}

function check(secrets: readonly string[], maxAge: number, name: string, attributes: CookieAttributes): void {
  if (secrets.length === 0 || secrets.some((secret) => secret.length < SECRET)) {
    throw new DefinitionError(
      "BAD_OPTION",
      `session: write secrets of at least ${SECRET} characters, as 'openssl rand -base64 32' makes them`,
    );
  }
  if (!Number.isSafeInteger(maxAge) || maxAge < 1) {
    throw new DefinitionError("BAD_OPTION", "session: maxAge is in whole seconds, at least 1");
  }
  try {
    writeSetCookie(name, "", attributes);
  } catch (cause) {
    throw new DefinitionError("BAD_OPTION", `session: ${(cause as Error).message}`);
  }
}
