import fresh from "fresh";
import type { Exchange } from "../exchange/exchange.ts";
import type { HeaderList } from "../exchange/reply.ts";

/** What identifies a version of something: its entity tag, when it last changed. */
export interface Validators {
  readonly etag?: string | undefined;
  readonly lastModified?: Date | undefined;
}

/** Adds `ETag` and `Last-Modified`, as far as they are known. */
export function addValidators(headers: HeaderList, { etag, lastModified }: Validators): void {
  if (etag !== undefined) {
    headers.push("etag", etag);
  }
  if (lastModified !== undefined) {
    headers.push("last-modified", lastModified.toUTCString());
  }
}

/**
 * The caller asks for another version than this one: 412 (RFC 9110, 13.1.1 and 13.1.4). A weak tag is nobody's; a time that
 * cannot be read, or is asked for beside a tag, is no condition.
 */
export function isOther(exchange: Exchange, { etag, lastModified }: Validators): boolean {
  const match = exchange.header("if-match");
  if (match !== undefined) {
    const tags: readonly string[] = match.match(TAGS) ?? [];
    return match.trim() !== "*" && (etag === undefined || etag.startsWith("W/") || !tags.includes(etag));
  }
  const since = Date.parse(exchange.header("if-unmodified-since") ?? "");
  return lastModified !== undefined && Math.floor(lastModified.getTime() / 1000) * 1000 > since;
}

const TAGS = /(?:W\/)?"[^"]*"/g;

/**
 * The caller has this version already: 304 (RFC 9110, 13.1.2 and 13.1.3). Its `Cache-Control` is for the caches on the way:
 * `fetch` adds `no-cache` to every condition that a script sets, and still wants to hear of 304.
 */
export function isFresh(exchange: Exchange, { etag, lastModified }: Validators): boolean {
  return fresh(
    {
      "if-none-match": exchange.header("if-none-match"),
      "if-modified-since": exchange.header("if-modified-since"),
    },
    { etag, "last-modified": lastModified?.toUTCString() },
  );
}

/**
 * The part that a caller asks for belongs to this version (`If-Range`; RFC 9110, 13.1.5). Only strong validators tell: a
 * tag that is not weak, or a time that lies more than a second back.
 */
export function isSameVersion(
  ifRange: string | undefined,
  { etag, lastModified }: Validators,
  now: number = Date.now(),
): boolean {
  if (ifRange === undefined) {
    return true;
  }
  if (ifRange.startsWith('"')) {
    return ifRange === etag;
  }
  return (
    lastModified !== undefined &&
    ifRange === lastModified.toUTCString() &&
    now - lastModified.getTime() > 1000
  );
}
