import { encodeEvent, type EventFields, KEEP_ALIVE } from "./encode-event.ts";

/** The media types of a stream; the first is the default. */
export const STREAM_TYPES = ["text/event-stream", "application/jsonl"] as const;

/** One of them. */
export type StreamType = (typeof STREAM_TYPES)[number];

/** How streams are written, where callers of another framework's are used to something else. */
export interface StreamDialect {
  /** The one media type of an operation's stream, whatever callers accept; undefined where they choose. */
  readonly typeOf: (operation: string) => StreamType | undefined;
  /** The JSON of an operation's items. */
  readonly toJson: (operation: string) => (value: unknown) => string;
  /** What an item that is text already says in place of its JSON; undefined for all others. */
  readonly textOf: (item: object) => string | undefined;
  readonly encodeEvent: (fields: EventFields) => string;
  /** Operations that an option names, by the option: there have to be such. */
  readonly named: Readonly<Record<string, readonly string[]>>;
  /** A comment, for when nothing was said for a while. */
  readonly keepAlive: string;
}

/** Tenon's own: callers choose, and whatever is said is JSON. */
export const STREAM_DIALECT: StreamDialect = Object.freeze({
  typeOf: () => undefined,
  toJson: () => JSON.stringify,
  textOf: () => undefined,
  encodeEvent,
  named: Object.freeze({}),
  keepAlive: KEEP_ALIVE,
});
