import { DefinitionError } from "../error/definition-error.ts";
import type { Failure } from "../error/api-error.ts";

/** What an output is on the wire where it is no JSON. */
export type Media =
  | { readonly kind: "text"; readonly type: string }
  | { readonly kind: "binary"; readonly type: string }
  /** `schemas` are the media types that it may be of, with what the document says of them; `type` is the first. */
  | {
      readonly kind: "raw";
      readonly type: string;
      readonly schemas: Readonly<Record<string, unknown>>;
    }
  /** Without a type, each file says its own. */
  | { readonly kind: "download"; readonly type: string | undefined }
  | { readonly kind: "redirect"; readonly status: RedirectStatus };

/**
 * For types only: a slot that reads like a codec from what the handler returns to what the client gets, so that slots of
 * schemas pay nothing for the other kinds.
 */
export interface Codec<Server, Client> {
  readonly _zod: {
    readonly input: Client;
    readonly output: Server;
    readonly def: { readonly type: "pipe"; readonly in: Side<Client>; readonly out: Side<Server> };
  };
}
interface Side<T> {
  readonly _zod: { readonly input: T; readonly output: T };
}

/** An output that is no JSON: `html()`, `text()`, `redirect()`, `binary(…)`, `download()`, `raw(…)`. */
export interface MediaOutput<Server, Client> extends Codec<Server, Client> {
  readonly "~media": Media;
}

/** A redirect: it brings the status of its success along. */
export interface RedirectOutput<Status> extends MediaOutput<string | URL, Redirected<Status>> {
  readonly "~status": Status;
}

/** Bytes: there as a whole, or made while they are sent, at the caller's pace. */
export type ByteSource = Uint8Array | Blob | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/** How a download presents itself. */
export interface DownloadOptions {
  /** The name under which the caller saves it; of a path, its last segment by default. */
  filename?: string;
  /** `attachment` (the default) is saved; `inline` is shown, where the caller can. */
  disposition?: "attachment" | "inline";
  /** An entity tag with its quotes (RFC 9110, 8.8.3). A file has one by its size and the time of its last change. */
  etag?: string;
  lastModified?: Date;
}

/** A file by its path. */
export interface FileDownload extends DownloadOptions {
  path: string;
  /** A folder that the path is taken from and cannot leave, not by a symbolic link either. */
  root?: string;
  /** The declared failure in place of a 500, where there is no such file: `errors.NOT_FOUND()`. */
  missing?: Failure;
}

/** Bytes under a name. Ranges of them can be asked for where they are there as a whole. */
export interface ByteDownload extends DownloadOptions {
  body: ByteSource;
  /** The length of a stream in bytes, where it is known. */
  size?: number;
}

/** What a handler returns for `download(…)`. */
export type Download = FileDownload | ByteDownload;

/** The statuses of a redirect (RFC 9110, 15.4). */
export type RedirectStatus = 301 | 302 | 303 | 307 | 308;

/** Where a call was sent on to. The client does not follow: whoever calls decides. */
export interface Redirected<Status> {
  readonly status: Status;
  /** Absolute, or relative to the address of the procedure, as the server says it. */
  readonly location: string;
}

/** A page: the handler returns its HTML. */
export function html(): MediaOutput<string, string> {
  return media({ kind: "text", type: "text/html; charset=utf-8" });
}

/** Text of a media type, `text/plain` by default: the handler returns a string, sent as UTF-8. */
export function text(type = "text/plain"): MediaOutput<string, string> {
  const full = type.includes(";") || !checkType(type).startsWith("text/") ? type : `${type}; charset=utf-8`;
  return media({ kind: "text", type: checkType(full) });
}

/** Another address: the handler returns it as a URL, or as a string that may be relative. 303 by default. */
export function redirect<const Status extends RedirectStatus = 303>(status?: Status): RedirectOutput<Status> {
  const given: RedirectStatus = status ?? 303;
  if (![301, 302, 303, 307, 308].includes(given)) {
    throw new DefinitionError("BAD_STATUS", `redirect(${given}) is none: 301, 302, 303, 307 and 308 are`);
  }
  return media({ kind: "redirect", status: given }) as RedirectOutput<Status>;
}

/** Bytes of a media type. The client gets a `Blob`, or a `Response` by `.raw(input)`. */
export function binary(type: string): MediaOutput<ByteSource, Blob> {
  return media({ kind: "binary", type: checkType(type) });
}

/**
 * A file to save: by path, or from bytes, with ranges, entity tags and conditional requests. Without a media type each file
 * says its own, by its name.
 */
export function download(type: string): MediaOutput<Download, Blob>;
export function download(): MediaOutput<Download & { type?: string }, Blob>;
export function download(type?: string): MediaOutput<Download, Blob> {
  return media({ kind: "download", type: type === undefined ? undefined : checkType(type) });
}

/**
 * A web `Response` of a media type, as the handler made it. The only output that may be one. Of several media types each has
 * its schema, or `true`, for the document: `raw({ "application/json": Item, "image/png": true })`. Nobody checks the body.
 */
export function raw(type: string | Readonly<Record<string, unknown>>): MediaOutput<Response, Response> {
  const schemas = typeof type === "string" ? { [type]: true } : type;
  const types = Object.keys(schemas).map(checkType);
  const [first] = types;
  if (first === undefined) {
    throw new DefinitionError(
      "BAD_MEDIA_TYPE",
      'raw({}) has no media type: write one like raw({ "image/png": true })',
    );
  }
  return media({ kind: "raw", type: first, schemas: Object.freeze({ ...schemas }) });
}

/** What an output slot says of a medium; undefined for schemas and shapes. */
export function readMedia(slot: unknown): Media | undefined {
  return (slot as { "~media"?: Media } | null | undefined)?.["~media"];
}

function media<Server, Client>(of: Media): MediaOutput<Server, Client> {
  return Object.freeze({ "~media": Object.freeze(of) }) as MediaOutput<Server, Client>;
}

// RFC 9110, 8.3.1.
const TYPE =
  /^[!#$%&'*+.^_`|~\w-]+\/[!#$%&'*+.^_`|~\w-]+(\s*;\s*[!#$%&'*+.^_`|~\w-]+=("[^"\\\r\n]*"|[!#$%&'*+.^_`|~\w-]+))*$/;

function checkType(type: string): string {
  if (!TYPE.test(type)) {
    throw new DefinitionError(
      "BAD_MEDIA_TYPE",
      `${JSON.stringify(type)} is no media type: write one like 'image/png'`,
    );
  }
  return type;
}
