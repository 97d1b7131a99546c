/** One server-sent event beyond its data: id, name, reconnection time. */
export interface ServerSentEvent<Item> {
  readonly "~event": Item;
  readonly id?: string;
  readonly event?: string;
  /** Milliseconds. */
  readonly retry?: number;
}

/** A line between events that no caller hears of. */
export interface StreamComment {
  readonly "~comment": string;
}

/** What a stream yields: an item, an item with the fields of its event, or a comment. */
export type Streamed<Item> = Item | ServerSentEvent<Item> | StreamComment;

/** A comment in an event stream (WHATWG HTML, 9.2.6): for people who look at it, and proxies that wait for something. JSON lines have none. */
export function comment(text: string): StreamComment {
  return { "~comment": text };
}

/** True for what `comment(…)` made. */
export function isComment(value: unknown): value is StreamComment {
  return typeof value === "object" && value !== null && "~comment" in value;
}

/**
 * An item with the fields of its event (WHATWG HTML, 9.2.6).
 * Throws a `TypeError` where a field would break the framing: line ends in `id` or `event`, NUL in `id`, a negative `retry`.
 */
export function sse<const Item>(
  item: Item,
  fields: { id?: string; event?: string; retry?: number },
): ServerSentEvent<Item> {
  if (fields.id !== undefined && /[\r\n\0]/.test(fields.id)) {
    throw new TypeError("the id of an event cannot hold line ends or NUL");
  }
  if (fields.event !== undefined && /[\r\n]/.test(fields.event)) {
    throw new TypeError("the name of an event cannot hold line ends");
  }
  if (fields.retry !== undefined && !(Number.isSafeInteger(fields.retry) && fields.retry >= 0)) {
    throw new TypeError("the reconnection time of an event is a whole number of milliseconds");
  }
  return { ...fields, "~event": item };
}

/** True for what `sse(…)` made. */
export function isServerSentEvent(value: unknown): value is ServerSentEvent<unknown> {
  return typeof value === "object" && value !== null && "~event" in value;
}

/** An open socket, as the handler sees it: validated messages in, validated messages out. */
export interface ServerSocket<Receive, Send> extends AsyncIterable<Receive> {
  /** Resolves when the message has left, so that a slow reader slows the sender. */
  send(message: Send): Promise<void>;
  close(code?: number, reason?: string): void;
}
