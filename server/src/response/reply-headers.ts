import type { HeaderValue, ResponseHeaders } from "@tenon/core";
import { toText, toWire } from "@tenon/core/wire";
import { deleteHeader, getHeader, type HeaderList, setHeader } from "../exchange/reply.ts";

const NAME = /^[!#$%&'*+.^_`|~\da-z-]+$/;
// A line end in a value would start another header.
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
// A second length beside the server's own would let a proxy see two replies.
const FRAMING = new Set(["content-length", "transfer-encoding"]);
const OF_BODY = [
  "content-type",
  "content-encoding",
  "content-language",
  "content-disposition",
  "etag",
  "last-modified",
];

/** Headers that a handler adds to its reply. Names are made lower case; values that would break the framing are refused. */
export class ReplyHeaders implements ResponseHeaders {
  readonly list: HeaderList = [];

  get(name: string): string | undefined {
    return getHeader(this.list, name.toLowerCase());
  }

  set(name: string, value: HeaderValue): void {
    const text = toHeaderText(value);
    setHeader(this.list, checkHeader(name, text), text);
  }

  append(name: string, value: HeaderValue): void {
    const text = toHeaderText(value);
    this.list.push(checkHeader(name, text), text);
  }

  /** Adds a header of several; `before`, one of its values that was added earlier, goes. */
  replace(name: string, before: string | undefined, value: string): void {
    const lower = checkHeader(name, value);
    const index = this.list.findIndex(
      (each, at) => at % 2 === 0 && each === lower && this.list[at + 1] === before,
    );
    if (index >= 0) {
      this.list.splice(index, 2);
    }
    this.list.push(lower, value);
  }

  delete(name: string): void {
    deleteHeader(this.list, name.toLowerCase());
  }

  /** Moves them to a reply, in place of what it says under the same names; cookies are added. */
  applyTo(headers: HeaderList): void {
    this.#replaceIn(headers);
    headers.push(...this.list.splice(0));
  }

  /** Puts them on a problem: all but what the handler said about a body that is not sent. */
  applyToProblem(headers: HeaderList): void {
    for (const name of OF_BODY) {
      deleteHeader(this.list, name);
    }
    this.applyTo(headers);
  }

  #replaceIn(headers: HeaderList): void {
    for (let index = 0; index < this.list.length; index += 2) {
      const name = this.list[index] as string;
      if (name !== "set-cookie" && this.list.indexOf(name) === index) {
        deleteHeader(headers, name);
      }
    }
  }
}

/** A value as the text of a header: lists with commas (OpenAPI's style `simple`), everything else as a parameter carries it. */
export function toHeaderText(value: HeaderValue): string {
  if (typeof value === "string") {
    return value;
  }
  const wire = toWire(value);
  return Array.isArray(wire) ? wire.map(toText).join(",") : toText(wire);
}

/** Gives the name in lower case; throws where name or value would break the framing of the reply. */
export function checkHeader(name: string, value: string): string {
  const lower = name.toLowerCase();
  if (!NAME.test(lower)) {
    throw new TypeError(`'${name}' is no header name (RFC 9110, 5.1)`);
  }
  if (FRAMING.has(lower)) {
    throw new TypeError(`the header '${name}' is the server's own: it says where the body ends`);
  }
  if (typeof value !== "string" || !VALUE.test(value)) {
    throw new TypeError(`the value of the header '${name}' holds what a header cannot hold (RFC 9110, 5.5)`);
  }
  return lower;
}
