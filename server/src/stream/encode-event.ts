/** The fields of one server-sent event. */
export interface EventFields {
  readonly data: string;
  readonly id?: string | undefined;
  readonly event?: string | undefined;
  readonly retry?: number | undefined;
}

const LINE_END = /[\r\n]/;

/** One event of an event stream (WHATWG HTML, 9.2.5): line ends in the data start further `data:` lines. */
export function encodeEvent({ data, id, event, retry }: EventFields): string {
  let text = "";
  if (event !== undefined) {
    text += `event: ${event}\n`;
  }
  if (id !== undefined) {
    text += `id: ${id}\n`;
  }
  if (retry !== undefined) {
    text += `retry: ${retry}\n`;
  }
  if (!LINE_END.test(data)) {
    return `${text}data: ${data}\n\n`;
  }
  for (const line of data.split(/\r\n|\r|\n/)) {
    text += `data: ${line}\n`;
  }
  return `${text}\n`;
}

/** A comment, which no caller hears of (WHATWG HTML, 9.2.6). */
export function encodeComment(text: string): string {
  return `${text
    .split(/\r\n|\r|\n/)
    .map((line) => `: ${line}\n`)
    .join("")}\n`;
}

/** A comment: keeps proxies from closing a stream that has nothing to say. */
export const KEEP_ALIVE = ": \n\n";

/** The last words of a server that stops: when to come back, in milliseconds. */
export const COME_BACK = "retry: 1000\n\n";
