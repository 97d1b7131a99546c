import type { MaybePromise, Media } from "@tenon/core";
import { addVary, type HeaderList, type Reply, setHeader } from "../exchange/reply.ts";
import type { RequestContext } from "../request/request-context.ts";
import { isByteSource } from "./byte-source.ts";
import { sendDownload } from "./encode-download.ts";
import { sendRaw } from "./encode-raw.ts";
import { OutputError } from "./output-error.ts";
import { acceptsRich, PRIVATE, RICH_TYPE } from "./rich.ts";
import { sendBytes } from "./send-bytes.ts";

/** Sends a handler's value by the medium that its output declares. Throws where it breaks its promise. */
export function compileMedia(
  media: Media,
  status: number,
): (value: unknown, context: RequestContext, headers: HeaderList) => MaybePromise<Reply> {
  switch (media.kind) {
    case "text":
      return (value, context, headers) => {
        if (typeof value !== "string") {
          throw new OutputError(context.operation as string, `it is ${media.type}: return a string`);
        }
        headers.push("content-type", mark(media.type, "text", context, headers));
        return { kind: "bytes", status, headers, body: value };
      };
    case "binary":
      return (value, context, headers) => {
        if (!isByteSource(value)) {
          throw new OutputError(context.operation as string, `it is ${media.type}: return bytes or a stream`);
        }
        headers.push("content-type", mark(media.type, "bytes", context, headers));
        return sendBytes(value, undefined, { status, headers, context });
      };
    case "download":
      return (value, context, headers) =>
        sendDownload(value, media.type, (type) => mark(type, "bytes", context, headers), {
          status,
          headers,
          context,
        });
    case "raw":
      return (value, context, headers) =>
        sendRaw(value, media, (type) => mark(type, "raw", context, headers), {
          status,
          headers,
          context,
        });
    case "redirect":
      return (value, context, headers) => sendRedirect(value, { status, headers, context });
  }
}

/** The typed client is told by a parameter what the body is to it; all others get the media type as it was declared. */
function mark(
  type: string,
  wire: "text" | "bytes" | "raw",
  context: RequestContext,
  headers: HeaderList,
): string {
  addVary(headers, "accept");
  return acceptsRich(context.exchange.header("accept")) ? `${type}; wire=${wire}` : type;
}

// A backslash is a slash to browsers, and a space or a control character is part of no URL (RFC 3986, 2).
const FORBIDDEN = /[\\\s\p{Cc}]/u;

/**
 * Says where to go on. Scripts cannot read a redirect that a browser follows, or does not: the typed client gets the same
 * status without `Location`, which nobody follows, and the target in the body.
 */
function sendRedirect(
  value: unknown,
  { status, headers, context }: { status: number; headers: HeaderList; context: RequestContext },
): Reply {
  const target = value instanceof URL ? value.href : value;
  if (typeof target !== "string" || FORBIDDEN.test(target) || !URL.canParse(target, "http://host")) {
    throw new OutputError(context.operation as string, "it redirects: return a URL, or a string that is one");
  }
  // What is not ASCII is percent-encoded; what is encoded already stays.
  const location = target.replace(/[^\x21-\x7e]+/gu, encodeURI);
  addVary(headers, "accept");
  if (!acceptsRich(context.exchange.header("accept"))) {
    headers.push("location", location);
    return { kind: "empty", status, headers };
  }
  setHeader(headers, "cache-control", PRIVATE);
  headers.push("content-type", RICH_TYPE);
  return { kind: "bytes", status, headers, body: JSON.stringify({ json: { status, location } }) };
}
