import type { MaybePromise } from "@tenon/core";
import type { Reply } from "./reply.ts";

/**
 * One request and the way to answer it, whatever the run time: the pipeline speaks this, adapters implement it.
 * Nothing here builds a web `Request`; `toRequest` does when somebody asks for one.
 */
export interface Exchange {
  readonly method: string;
  /** The request target as received, in origin form: `/items?q=x`. */
  readonly target: string;
  /** The path below which callers find the application, which is no part of the target: `/api`, or empty. */
  readonly basePath: string;
  /** Host and port that the request names, as they were said: by `Host`, by its target, or by a proxy that is trusted. */
  readonly host: string | undefined;
  /** Scheme, host and port that the application says it has: `https://shop.example`; undefined where it does not. */
  readonly publicOrigin: string | undefined;
  /** A header by its lower-case name; several values are joined by `, ` (cookies by `; `). */
  header(name: string): string | undefined;
  /** Names and values as received, alternately. */
  readonly headerList: readonly string[];
  /** The address of the caller: the peer of the connection, or whom a trusted proxy names. */
  readonly remoteAddress: string;
  /** The caller speaks HTTPS: to this server, or to a trusted proxy that says so. */
  readonly isSecure: boolean;
  /** What the run time passed in. */
  readonly platform: unknown;
  /** The request says that a body follows. */
  readonly hasBody: boolean;
  /** The whole body, or what is wrong with it. Called at most once, and not beside `pull`. */
  readBody(limit: number): MaybePromise<Uint8Array | BodyFailure>;
  /** The body as it arrives, at the reader's pace. */
  pull(): AsyncIterable<Uint8Array>;
  /** Calls back once when the caller goes away before the answer is finished. */
  onAbort(listener: () => void): void;
  /** Calls back once when the last byte has left, or the caller is gone. */
  onFinish(listener: () => void): void;
  /** The web-standard request. */
  toRequest(): Request;
  /** Takes the connection over as a socket (RFC 6455); undefined where the run time cannot. */
  readonly upgrade: Upgrade | undefined;
}

/** Why a body cannot be had: over the limit, or the caller went away. */
export type BodyFailure = "too-large" | "aborted";

/** Opens a socket in answer to the request. */
export type Upgrade = (
  open: (socket: RawSocket) => void,
  options: { readonly maxPayload: number },
) => MaybePromise<Reply>;

/** A socket before messages mean anything: text frames in and out. */
export interface RawSocket {
  /** Resolves when the frame was handed to the connection. */
  send(text: string): Promise<void>;
  close(code: number, reason: string): void;
  /** Stops and resumes reading, where the run time can: a sender that nobody reads has to wait. */
  hold?(isHeld: boolean): void;
  /** Asks for a sign of life, where the run time lets a server do so; `onPong` hears of it. */
  ping?(): void;
  onPong?(listener: () => void): void;
  /** Ends the connection without a word: the caller is gone. */
  drop?(): void;
  onMessage(listener: (text: string | Uint8Array) => void): void;
  onClose(listener: (code: number, reason: string) => void): void;
}
