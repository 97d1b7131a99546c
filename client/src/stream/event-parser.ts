import { createParser } from "eventsource-parser";

/** One event that was dispatched (WHATWG HTML, 9.2.6). */
export interface ParsedEvent {
  /** Undefined where the event itself says none: the last one stays. */
  readonly id: string | undefined;
  /** Undefined for `message`. */
  readonly event: string | undefined;
  readonly data: string;
}

/** Who hears of what a stream says. */
export interface EventListener {
  event(event: ParsedEvent): void;
  /** Milliseconds. */
  retry(milliseconds: number): void;
  /** An event is longer than memory should hold. */
  tooLong(error: Error): void;
}

// An event that never ends must not fill the memory; characters.
const LONGEST_EVENT = 16 * 1024 * 1024;

/** Gives what takes the bytes of an event stream, in chunks of any size. */
export function eventParser(listener: EventListener): (chunk: Uint8Array) => void {
  // It removes the byte order mark; the parser would remove a second one, were this not its first chunk.
  const text = new TextDecoder();
  const parser = createParser({
    maxBufferSize: LONGEST_EVENT,
    onEvent: ({ id, event, data }) => listener.event({ id, event: event === "" ? undefined : event, data }),
    onRetry: (milliseconds) => listener.retry(milliseconds),
    onError: (error) => {
      if (error.type === "max-buffer-size-exceeded") {
        listener.tooLong(error);
      }
    },
  });
  parser.feed("\n");
  return (chunk) => parser.feed(text.decode(chunk, { stream: true }));
}
