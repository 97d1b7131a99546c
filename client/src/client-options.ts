import type { MaybePromise } from "@tenon/core";

/** A value, or a function that gives it for each call. */
export type Lazy<T> = T | (() => MaybePromise<T>);

/**
 * Credentials, sent as the security schemes of the application ask for them. A header that the call itself names wins.
 * Sockets send no headers: there, only cookies and keys in the query travel.
 */
export interface ClientAuth {
  /** `Authorization: Bearer …` (RFC 6750). Undefined sends none. */
  bearer?: Lazy<string | undefined>;
  /** `Authorization: Basic …` (RFC 7617), in UTF-8. */
  basic?: Lazy<{ username: string; password: string } | undefined>;
  /** API keys by place and name: `{ header: { "x-key": "…" } }`. */
  apiKey?: {
    header?: Readonly<Record<string, Lazy<string | undefined>>>;
    query?: Readonly<Record<string, Lazy<string | undefined>>>;
  };
}

/** Options of a client. */
export interface ClientOptions {
  /**
   * Where the application is mounted: `https://api.example.com` or `https://example.com/api`. Left out, it is the page's own
   * origin, or `http://localhost` where `fetch` calls in process.
   */
  url?: string;
  /** Sent with every call. */
  headers?: Lazy<Readonly<Record<string, string>>>;
  auth?: ClientAuth;
  /** Milliseconds until a call fails with `TIMEOUT`; none by default. */
  timeout?: number;
  /**
   * In place of the global `fetch`: `app.fetch` calls in process. Cookies of a browser go to another origin by
   * `(request) => fetch(request, { credentials: "include" })`.
   */
  fetch?: (request: Request) => Promise<Response>;
  /** In place of the global `WebSocket`, or where there is none: Node 20. */
  WebSocket?: new (
    url: string,
    protocols?: string | string[],
  ) => WebSocket;
}
