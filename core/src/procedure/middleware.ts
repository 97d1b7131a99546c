import type { Failure } from "../error/api-error.ts";
import type { ErrorShape } from "../error/declared.ts";
import type { MaybePromise } from "../type/flat.ts";
import type { Context } from "./context.ts";

/** What a middleware sees of a reply: its status and headers. The body stays with the server. */
export interface ReplyHead {
  readonly kind: "empty" | "bytes" | "stream" | "file" | "upgrade" | "web";
  status: number;
  /** Names in lower case and values, alternately: `["content-type", "application/json", …]`. */
  headers: string[];
}

/** A reply of a middleware's own that is no problem. */
export interface MiddlewareResponse {
  readonly description: string;
  /** Name → description. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Advice around a request, as data: what it can answer and which headers it adds reach the document and the client.
 * `handle` passes on by `next()`, or answers by returning (or throwing) one of its declared errors.
 */
export interface Middleware {
  readonly name: string;
  handle(context: Context, next: () => MaybePromise<ReplyHead>): MaybePromise<ReplyHead | Failure>;
  /** Problems that it can answer with: framework codes by name, own ones by shape. */
  readonly errors?: Readonly<Record<string, ErrorShape>>;
  /** Replies that it can give and that are no problems: status → description, with headers of their own where they have some. */
  readonly responses?: Readonly<Record<number, string | MiddlewareResponse>>;
  /** Response headers that it may add: name → description. */
  readonly responseHeaders?: Readonly<Record<string, string>>;
  /** The same, for an application with all of these around it: what depends on the others is decided once, at the start. */
  beside?(all: readonly Middleware[]): Middleware;
  /** The operations that it concerns; all by default. */
  applies?(operation: { readonly id: string; readonly method: string; readonly path: string }): boolean;
}
