import type { MaybePromise } from "../type/flat.ts";

/** An event that is kept for callers who come back. */
export interface KeptEvent {
  readonly id: string;
  /** The whole event, as it is on the wire. */
  readonly text: string;
}

/** Where the last events of streams are kept. */
export interface ReplayStore {
  /** Keeps an event; one with an id that is there already is dropped. */
  append(stream: string, event: KeptEvent): MaybePromise<void>;
  /** The events after one, the oldest first; undefined where that one is not known, or not any more. */
  after(stream: string, id: string): MaybePromise<readonly KeptEvent[] | undefined>;
  /** All workers of the application see the same events. */
  readonly isShared: boolean;
}

/** Options of a stream. */
export interface StreamingOptions {
  /**
   * Keeps events that have an id. A caller who comes back with `Last-Event-ID` gets those after it, before the handler goes on after
   * the last of them (`lastEventId`). Events belong to the operation, its input and who asks, so that nobody sees another's. Where the
   * id is not known any more, the first event is `gap`.
   */
  readonly replay?: ReplayStore;
  /** Milliseconds of silence after which a comment is sent, so that proxies keep the connection; 15 s by default. */
  readonly keepAlive?: number;
}

/** Options of a socket. */
export interface SocketOptions {
  /** Milliseconds between pings (RFC 6455, 5.5.2); a caller who leaves one unanswered is gone. 30 s by default, 0 for none. */
  readonly ping?: number;
  /** Milliseconds without a message after which the socket is closed with 1000; 0, the default, for never. */
  readonly idle?: number;
  /** Bytes of one message; 1 MiB by default. A larger one closes the socket with 1009. */
  readonly maxMessage?: number;
}
