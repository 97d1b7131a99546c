/** Names in lower case and values, alternately: what `writeHead` takes without copying. */
export type HeaderList = string[];

interface Head {
  status: number;
  headers: HeaderList;
}

/** No body. */
export interface EmptyReply extends Head {
  readonly kind: "empty";
}
/** A body that is there as a whole. Text is sent as UTF-8. */
export interface BytesReply extends Head {
  readonly kind: "bytes";
  readonly body: string | Uint8Array;
}
/** A body that is made while it is sent; the adapter pulls at the caller's pace, and returns the iterator when it goes away. */
export interface StreamReply extends Head {
  readonly kind: "stream";
  readonly body: AsyncIterable<Uint8Array | string>;
}
/** An open file, or a part of it: whoever takes the reply reads it or returns it. */
export interface FileReply extends Head {
  readonly kind: "file";
  readonly body: AsyncIterable<Uint8Array>;
}
/** The connection has become a socket. */
export interface UpgradeReply extends Head {
  readonly kind: "upgrade";
  /** On run times that answer an upgrade with a response. */
  readonly response?: Response;
}
/** A web-standard response, passed through. */
export interface WebReply extends Head {
  readonly kind: "web";
  readonly response: Response;
}

/** An answer, before an adapter has written it. Six kinds; every adapter writes all of them. */
export type Reply = EmptyReply | BytesReply | StreamReply | FileReply | UpgradeReply | WebReply;

/** Statuses without a body (RFC 9110, 15.2, 15.3.5, 15.3.6, 15.4.5). */
export function isBodyless(status: number): boolean {
  return status === 204 || status === 205 || status === 304;
}

/** Closes what a reply that is not going to be sent would have read. */
export function discardReply(reply: Reply): void {
  if (reply.kind === "stream" || reply.kind === "file") {
    const body: AsyncIterable<unknown> = reply.body;
    const iterator = body[Symbol.asyncIterator]();
    iterator.return?.().catch(() => {});
  } else if (reply.kind === "web") {
    reply.response.body?.cancel().catch(() => {});
  }
}

/** The first value of a header. */
export function getHeader(headers: HeaderList, name: string): string | undefined {
  for (let index = 0; index < headers.length; index += 2) {
    if (headers[index] === name) {
      return headers[index + 1];
    }
  }
  return undefined;
}

/** Replaces every value of a header by one. */
export function setHeader(headers: HeaderList, name: string, value: string): void {
  deleteHeader(headers, name);
  headers.push(name, value);
}

/** Removes a header. */
export function deleteHeader(headers: HeaderList, name: string): void {
  for (let index = headers.length - 2; index >= 0; index -= 2) {
    if (headers[index] === name) {
      headers.splice(index, 2);
    }
  }
}

/** Adds names to `Vary`, each once. */
export function addVary(headers: HeaderList, ...names: string[]): void {
  const present = (getHeader(headers, "vary") ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  if (present.includes("*")) {
    return;
  }
  for (const name of names) {
    if (!present.some((existing) => existing.toLowerCase() === name.toLowerCase())) {
      present.push(name);
    }
  }
  setHeader(headers, "vary", present.join(", "));
}
