import { type ServerSentEvent, sse } from "@tenon/core";
import { encodeComment, type EventFields } from "../stream/encode-event.ts";
import type { StreamDialect } from "../stream/dialect.ts";

/** Which streams are not server-sent events with a declared item. */
export interface FastapiStreams {
  readonly jsonLines: readonly string[];
  readonly unannotated: readonly string[];
}

const RAW = Symbol("raw data");

/**
 * An event whose data is a text as it is, where all others are JSON: `ServerSentEvent(raw_data="[DONE]", event="done")`.
 * Without the profile it is JSON like any other.
 */
export function rawData(
  text: string,
  fields: { id?: string; event?: string; retry?: number } = {},
): ServerSentEvent<string> {
  return { ...sse(text, fields), [RAW]: true } as ServerSentEvent<string>;
}

/** How FastAPI writes streams: one media type each, fields in its order, JSON as `json.dumps` where no type was declared. */
export function streamDialect({ jsonLines, unannotated }: FastapiStreams): StreamDialect {
  return Object.freeze({
    typeOf: (operation: string) =>
      jsonLines.includes(operation) ? "application/jsonl" : "text/event-stream",
    toJson: (operation: string) => (unannotated.includes(operation) ? dumps : JSON.stringify),
    textOf: (item: object) =>
      RAW in item ? (item as unknown as ServerSentEvent<string>)["~event"] : undefined,
    encodeEvent: encodeInOrder,
    named: { jsonLines, unannotated },
    keepAlive: encodeComment("ping"),
  } satisfies StreamDialect);
}

/** `event`, `data`, `id`, `retry`: the order says nothing (WHATWG HTML, 9.2.6), but tests compare texts. */
function encodeInOrder({ data, id, event, retry }: EventFields): string {
  return [
    ...(event === undefined ? [] : [`event: ${event}`]),
    ...data.split(/\r\n|\r|\n/).map((line) => `data: ${line}`),
    ...(id === undefined ? [] : [`id: ${id}`]),
    ...(retry === undefined ? [] : [`retry: ${retry}`]),
    "\n",
  ].join("\n");
}

/** As Python's `json.dumps` by default: spaces after `:` and `,`, and nothing but ASCII. */
function dumps(value: unknown): string {
  // Line ends within texts are escaped, so that those left are between the tokens.
  return JSON.stringify(value, null, 1)
    .replace(/,\n */g, ", ")
    .replace(/\n */g, "")
    .replace(
      /[\u007f-\uffff]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
}
