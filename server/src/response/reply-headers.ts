import type { ResponseHeaders } from "@tenon/core";
import { deleteHeader, getHeader, type HeaderList, setHeader } from "../exchange/reply.ts";

const NAME = /^[!#$%&'*+.^_`|~\da-z-]+$/;
// A line end in a value would start another header.
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Headers that a handler adds to its reply. Names are made lower case; values that would break the framing are refused. */
export class ReplyHeaders implements ResponseHeaders {
  readonly list: HeaderList = [];

  get(name: string): string | undefined {
    return getHeader(this.list, name.toLowerCase());
  }

  set(name: string, value: string): void {
    setHeader(this.list, checkName(name), checkValue(name, value));
  }

  append(name: string, value: string): void {
    this.list.push(checkName(name), checkValue(name, value));
  }

  delete(name: string): void {
    deleteHeader(this.list, name.toLowerCase());
  }

  /** Puts them on a reply, in place of what it says under the same names; cookies are added. */
  applyTo(headers: HeaderList): void {
    for (let index = 0; index < this.list.length; index += 2) {
      const name = this.list[index] as string;
      if (name !== "set-cookie" && this.list.indexOf(name) === index) {
        deleteHeader(headers, name);
      }
    }
    headers.push(...this.list);
  }
}

function checkName(name: string): string {
  const lower = name.toLowerCase();
  if (!NAME.test(lower)) {
    throw new TypeError(`'${name}' is no header name (RFC 9110, 5.1)`);
  }
  return lower;
}

function checkValue(name: string, value: string): string {
  if (!VALUE.test(value)) {
    throw new TypeError(
      `the value of the header '${name}' holds characters that a header cannot hold (RFC 9110, 5.5)`,
    );
  }
  return value;
}
