import type { MaybePromise } from "../type/flat.ts";
import type { UrlFor } from "./url.ts";
import type { Logger } from "./logger.ts";

/** Attributes of a cookie that is set. Defaults: `path=/; HttpOnly; Secure; SameSite=Lax`. */
export interface CookieAttributes {
  domain?: string;
  path?: string;
  /** Seconds. */
  maxAge?: number;
  expires?: Date;
  httpOnly?: boolean;
  secure?: boolean;
  sameSite?: "lax" | "strict" | "none";
  partitioned?: boolean;
}

/** The cookies of a request, and those that its response sets. */
export interface Cookies {
  get(name: string): string | undefined;
  /** Sets a cookie; one of the same name, domain and path that was set before is replaced. Throws for what browsers would drop. */
  set(name: string, value: string, attributes?: CookieAttributes): void;
  delete(name: string, attributes?: Pick<CookieAttributes, "domain" | "path">): void;
}

/** Request headers by lower-case name. */
export interface RequestHeaders {
  /** The value; several values of one name are joined by `, `. */
  get(name: string): string | undefined;
  getAll(name: string): readonly string[];
  has(name: string): boolean;
}

/** What a header can say: text, or what becomes text as in a request, a list with commas. */
export type HeaderValue = string | number | bigint | boolean | Date | URL | readonly HeaderValue[];

/** What a handler adds to its response. */
export interface ResponseHeaders {
  get(name: string): string | undefined;
  set(name: string, value: HeaderValue): void;
  append(name: string, value: HeaderValue): void;
  delete(name: string): void;
}

/** One request as its handler, its dependencies and its middleware see it. */
export interface Context {
  /** The web-standard request, made when first asked for. */
  readonly request: Request;
  readonly url: URL;
  readonly method: string;
  /** The address of the peer: of the connection, or what a trusted proxy says. */
  readonly ip: string;
  readonly headers: RequestHeaders;
  readonly cookies: Cookies;
  readonly response: { readonly headers: ResponseHeaders };
  /** Aborted when the caller goes away, the time limit passes or the server stops. */
  readonly signal: AbortSignal;
  /** Runs after the response was sent; awaited on shutdown; errors go to `onError`. */
  after(work: () => MaybePromise<unknown>): void;
  /** The operation's id, `items.read`; undefined where no route matched. */
  readonly operation: string | undefined;
  /** The security scopes that the operation asks for, those of its dependencies included. */
  readonly scopes: readonly string[];
  /** What identifies the request in logs, where the middleware `requestId` gives it something. */
  readonly requestId: string | undefined;
  /** The address of a procedure, or of something below what is mounted. */
  readonly urlFor: UrlFor;
  /** The application's log (option `logger`), with the request's id and the operation in every line. Made when first asked for. */
  readonly log: Logger;
  /** What the run time passed in: `app.fetch(request, { platform })`. */
  readonly platform: unknown;
}
