import { DefinitionError, type MaybePromise, type Middleware } from "@tenon/core";
import { andThen } from "../exchange/promise.ts";
import {
  addVary,
  type BytesReply,
  deleteHeader,
  getHeader,
  type HeaderList,
  isBodyless,
  type Reply,
  setHeader,
  type StreamReply,
} from "../exchange/reply.ts";
import type { RequestContext } from "../request/request-context.ts";
import { iterate } from "../response/byte-source.ts";
import { type Coder, type Coding, CODINGS, type Coders, loadCoders } from "./coders.ts";
import { EncodedStream } from "./encoded-stream.ts";
import { chooser, compressibleTypes } from "./compressible.ts";
import type { Next } from "./next.ts";

/** Options of `compress`. */
export interface CompressOptions {
  /** The smallest body that is worth it, in bytes; 500 by default. What comes as a stream of unknown length always is. */
  min?: number;
  /** The codings in order of preference; by default `zstd` where the run time has it, `br`, `gzip`. */
  algorithms?: readonly Coding[];
  /** Media types that stay as they are, beside event streams, images, sound, video, fonts and archives: `application/pdf`, `text/*`. */
  exclude?: readonly string[];
}

/**
 * Compresses replies (RFC 9110, 8.4). What is as good as compressed already, event streams, parts of files (`Range`) and
 * `Cache-Control: no-transform` stay as they are. Streams are flushed after every chunk, so that nothing waits.
 *
 * A body that holds both a secret and what a stranger can choose tells the secret by its length (BREACH): exclude such
 * operations with `applies`.
 */
export function compress(options: CompressOptions = {}): Middleware {
  const { min = 500, algorithms = CODINGS, exclude = [] } = options;
  for (const name of algorithms) {
    if (!CODINGS.includes(name)) {
      throw new DefinitionError(
        "BAD_OPTION",
        `compress: '${name}' is no algorithm: write ${CODINGS.join(", ")}`,
      );
    }
  }
  const isCompressible = compressibleTypes(exclude);
  let choose: ((accepted: string) => Coding | undefined) | undefined;
  let coders: Coders | undefined;
  const encode = (reply: Reply, context: RequestContext): MaybePromise<Reply> => {
    const accepted = context.exchange.header("accept-encoding");
    if (reply.kind === "upgrade" || reply.status < 200) {
      return reply;
    }
    if (isBodyless(reply.status)) {
      return reply.status === 304 ? notModified(reply, accepted !== undefined) : reply;
    }
    const headers = reply.kind === "web" ? headersOf(reply) : reply.headers;
    if (!isCompressible(getHeader(headers, "content-type")) || isAsItIs(reply, headers)) {
      return reply;
    }
    addVary(headers, "accept-encoding");
    if (reply.kind === "web") {
      moveHeaders(reply, headers);
    }
    if (accepted === undefined || (sizeOf(reply, headers) ?? Number.POSITIVE_INFINITY) < min) {
      return reply;
    }
    return andThen(coders ?? loadCoders(), (loaded) => {
      coders = loaded;
      choose ??= chooser(algorithms.filter((name) => loaded[name] !== undefined));
      const coding = choose(accepted);
      return coding === undefined ? reply : encodeBody(reply, headers, coding, loaded, context);
    });
  };
  return {
    name: "compress",
    responseHeaders: {
      "content-encoding": "How the body is compressed (RFC 9110, 8.4).",
      vary: "Request headers that chose the form of the reply (RFC 9110, 12.5.5).",
    },
    handle: (context: RequestContext, next: Next) => andThen(next(), (reply) => encode(reply, context)),
  };
}

function encodeBody(
  reply: Reply,
  headers: HeaderList,
  coding: Coding,
  coders: Coders,
  context: RequestContext,
): MaybePromise<Reply> {
  const coder = coders[coding];
  if (coder === undefined) {
    return reply;
  }
  switch (reply.kind) {
    case "bytes": {
      const plain = typeof reply.body === "string" ? new TextEncoder().encode(reply.body) : reply.body;
      return coder.encode(plain).then((body) => {
        if (body.byteLength < plain.byteLength) {
          mark(headers, coding);
          become(reply, { kind: "bytes", headers, body });
        }
        return reply;
      });
    }
    case "stream":
    case "file":
      return encodeStream(reply, reply.body, reply.kind === "stream");
    case "web": {
      const { body } = reply.response;
      if (body === null) {
        return reply;
      }
      const source = iterate(body) as AsyncIterator<Uint8Array>;
      return encodeStream(reply, { [Symbol.asyncIterator]: () => source }, true);
    }
    default:
      return reply;
  }

  function encodeStream(stream: Reply, body: AsyncIterable<Uint8Array | string>, isFlushed: boolean): Reply {
    mark(headers, coding);
    // HEAD reads nothing, and closes what it does not read.
    const encoded =
      context.method === "HEAD" ? body : new EncodedStream(body, (coder as Coder).open(), isFlushed);
    return become(stream, { kind: "stream", headers, body: encoded });
  }
}

/** The same reply with another body: one that is not passed on would be closed. */
function become(reply: Reply, changed: Partial<BytesReply> | Partial<StreamReply>): Reply {
  return Object.assign(reply, changed) as Reply;
}

function mark(headers: HeaderList, coding: Coding): void {
  setHeader(headers, "content-encoding", coding);
  deleteHeader(headers, "content-length");
  // Parts are of the plain form, which this is not.
  deleteHeader(headers, "accept-ranges");
  weaken(headers);
}

/** The same content in other bytes (RFC 9110, 8.8.3.3). */
function weaken(headers: HeaderList): void {
  const tag = getHeader(headers, "etag");
  if (tag?.startsWith('"') === true) {
    setHeader(headers, "etag", `W/${tag}`);
  }
}

/** A 304 has the headers that a 200 would have had (RFC 9110, 15.4.5). */
function notModified(reply: Reply, isAccepted: boolean): Reply {
  addVary(reply.headers, "accept-encoding");
  if (isAccepted) {
    weaken(reply.headers);
  }
  return reply;
}

function isAsItIs(reply: Reply, headers: HeaderList): boolean {
  return (
    reply.kind === "empty" ||
    reply.status === 206 ||
    getHeader(headers, "content-range") !== undefined ||
    getHeader(headers, "content-encoding") !== undefined ||
    /(?:^|[\s,])no-transform(?:$|[\s,])/i.test(getHeader(headers, "cache-control") ?? "")
  );
}

function sizeOf(reply: Reply, headers: HeaderList): number | undefined {
  if (reply.kind === "bytes") {
    // Text has at most as many bytes more as it has letters beyond ASCII; what is near the limit may go either way.
    return reply.body.length;
  }
  const length = getHeader(headers, "content-length");
  return length === undefined ? undefined : Number(length);
}

/** The headers that a web response is going to have. */
function headersOf(reply: Reply & { readonly kind: "web" }): HeaderList {
  const headers = [...reply.headers];
  for (const [name, value] of reply.response.headers) {
    if (name === "vary") {
      addVary(headers, ...value.split(",").map((each) => each.trim()));
    } else {
      headers.push(name, value);
    }
  }
  return headers;
}

function moveHeaders(reply: Reply & { readonly kind: "web" }, headers: HeaderList): void {
  // What stays a web response says `Vary` beside its own headers.
  setHeader(reply.headers, "vary", getHeader(headers, "vary") as string);
}
