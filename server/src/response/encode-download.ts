import {
  type ByteDownload,
  type Download,
  type FileDownload,
  isFailure,
  type MaybePromise,
} from "@tenon/core";
import { create as contentDisposition } from "content-disposition";
import { addVary, type Reply } from "../exchange/reply.ts";
import { isByteSource, iterate, sizeOf, sliceOf } from "./byte-source.ts";
import { FileBody, openFile } from "./open-file.ts";
import { OutputError } from "./output-error.ts";
import { frameworkError } from "./problem.ts";
import { readRange } from "./range.ts";
import { checkHeader } from "./reply-headers.ts";
import { type Sending, sendBytes } from "./send-bytes.ts";
import { typeOfName } from "./type-of-name.ts";
import { addValidators, isFresh, isOther, isSameVersion, type Validators } from "./validators.ts";

/** What a handler returns for `download()`. */
type AnyDownload = Download & { readonly type?: string };

/** Sends what a handler returned for `download(…)`: the whole, a part of it, or nothing that the caller has already. */
export function sendDownload(
  value: unknown,
  declaredType: string | undefined,
  mark: (type: string) => string,
  sending: Sending,
): MaybePromise<Reply> {
  const file = value as AnyDownload;
  checkDownload(file, declaredType, sending.context.operation as string);
  const describe = (): void => addDescription(file, declaredType, mark, sending);
  return "path" in file ? sendFile(file, describe, sending) : sendBody(file, describe, sending);
}

async function sendFile(file: FileDownload, describe: () => void, sending: Sending): Promise<Reply> {
  const open = await openFile(file).catch((error: unknown) => {
    throw isFailure(file.missing) ? file.missing : error;
  });
  const { headers, context } = sending;
  let body: FileBody | undefined;
  try {
    const selected = select(
      { etag: open.etag, lastModified: open.lastModified, ...file },
      open.size,
      sending,
    );
    if (selected === undefined) {
      return notModified(sending);
    }
    describe();
    const { status, first, length } = selected;
    headers.push("content-length", String(length));
    body = new FileBody(open, first, length, (error) => context.reportError(error));
    return { kind: "file", status, headers, body };
  } finally {
    if (body === undefined) {
      await open.handle.close();
    }
  }
}

function sendBody(file: ByteDownload, describe: () => void, sending: Sending): MaybePromise<Reply> {
  const { body, etag, lastModified } = file;
  if (!(body instanceof Uint8Array || body instanceof Blob)) {
    return sendStream(file, body, describe, sending);
  }
  const selected = select({ etag, lastModified }, sizeOf(body) as number, sending);
  if (selected === undefined) {
    return notModified(sending);
  }
  describe();
  const { status, first, length } = selected;
  return sendBytes(sliceOf(body, first, length), undefined, { ...sending, status });
}

/** What is made while it is sent has versions, too, but no parts. It is not made for who has it already. */
function sendStream(
  { etag, lastModified, size }: ByteDownload,
  body: Exclude<ByteDownload["body"], Uint8Array>,
  describe: () => void,
  sending: Sending,
): MaybePromise<Reply> {
  const leave = (): void =>
    void iterate(body)
      .return?.()
      .catch(() => {});
  try {
    addValidators(sending.headers, { etag, lastModified });
    if (isUnchanged({ etag, lastModified }, sending)) {
      leave();
      return notModified(sending);
    }
    describe();
  } catch (error) {
    leave();
    throw error;
  }
  return sendBytes(body, size, sending);
}

/** 304, with the headers that say what it is about (RFC 9110, 15.4.5): a cache keeps one reply for each `Accept`. */
function notModified({ headers }: Sending): Reply {
  addVary(headers, "accept");
  return { kind: "empty", status: 304, headers };
}

interface Selected {
  readonly status: number;
  readonly first: number;
  readonly length: number;
}

/**
 * What of a file is sent; undefined for 304. Conditions come before the range (RFC 9110, 13.2.2); both are for reading, and
 * a range is GET's alone (14.2).
 */
function select(
  validators: Partial<Validators>,
  size: number,
  { status, headers, context }: Sending,
): Selected | undefined {
  const { method, exchange } = context;
  addValidators(headers, validators);
  if (!hasConditions({ status, context })) {
    return { status, first: 0, length: size };
  }
  headers.push("accept-ranges", "bytes");
  if (isUnchanged(validators, { status, context })) {
    return undefined;
  }
  const isPart = method === "GET" && isSameVersion(exchange.header("if-range"), validators);
  const wanted = isPart ? readRange(exchange.header("range"), size) : "whole";
  if (wanted === "unsatisfiable") {
    throw frameworkError("RANGE_NOT_SATISFIABLE", `there are ${size} bytes`, {
      headers: { "content-range": `bytes */${size}` },
    });
  }
  if (wanted === "whole") {
    return { status, first: 0, length: size };
  }
  const [first, last] = wanted;
  headers.push("content-range", `bytes ${first}-${last}/${size}`);
  return { status: 206, first, length: last - first + 1 };
}

/** Conditions are for reading what is there. */
function hasConditions({ status, context: { method } }: Pick<Sending, "status" | "context">): boolean {
  return status === 200 && (method === "GET" || method === "HEAD");
}

/** The caller has this version already. Throws 412 where it asks for another one. */
function isUnchanged(validators: Partial<Validators>, sending: Pick<Sending, "status" | "context">): boolean {
  if (!hasConditions(sending)) {
    return false;
  }
  const { exchange } = sending.context;
  if (isOther(exchange, validators)) {
    throw frameworkError("PRECONDITION_FAILED", "there is another version now");
  }
  return isFresh(exchange, validators);
}

/** Type, name, and that nobody may guess another type. */
function addDescription(
  file: AnyDownload,
  declaredType: string | undefined,
  mark: (type: string) => string,
  { headers }: Sending,
): void {
  const name = file.filename ?? ("path" in file ? lastSegment(file.path) : undefined);
  const type = declaredType ?? file.type ?? typeOfName(name ?? "");
  const disposition = contentDisposition(name, { type: file.disposition ?? "attachment" });
  checkHeader("content-type", type);
  checkHeader("content-disposition", disposition);
  headers.push("content-type", mark(type), "content-disposition", disposition);
  headers.push("x-content-type-options", "nosniff");
}

function lastSegment(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

// RFC 9110, 8.8.3.
const TAG = /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/;

function checkDownload(file: AnyDownload | null, declaredType: string | undefined, id: string): void {
  const refuse = (sentence: string): never => {
    throw new OutputError(id, sentence);
  };
  if (typeof file !== "object" || file === null || "path" in file === "body" in file) {
    return refuse("a download is { path } or { body }");
  }
  if ("path" in file ? typeof file.path !== "string" : !isByteSource(file.body)) {
    refuse("path" in file ? "the path of its download is no text" : "the body of its download is no bytes");
  }
  if (declaredType !== undefined && file.type !== undefined && file.type !== declaredType) {
    refuse(`its media type is ${declaredType}, not ${file.type}`);
  }
  if (file.etag !== undefined && !TAG.test(file.etag)) {
    refuse(`${file.etag} is no entity tag: write one in quotes`);
  }
}
