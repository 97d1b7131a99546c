import type { CookieAttributes } from "@tenon/core";
import { stringifySetCookie } from "cookie";

/** Browsers drop what is longer, without a word (RFC 6265bis, 5.6). */
const LIMIT = 4096;

/** Writes a cookie, safe by default. Throws a `TypeError` for what a browser would drop without a word. */
export function writeSetCookie(name: string, value: string, attributes: CookieAttributes): string {
  const cookie = {
    path: "/",
    httpOnly: true,
    secure: true,
    sameSite: "lax" as const,
    ...attributes,
    name,
    value,
  };
  const text = stringifySetCookie(cookie);
  const reason =
    reasonToDrop(cookie) ?? (text.indexOf(";") > LIMIT ? `it is longer than ${LIMIT} bytes` : undefined);
  if (reason !== undefined) {
    throw new TypeError(`the cookie '${name}' would be dropped by browsers: ${reason}`);
  }
  return text;
}

/** The rules of prefixes and of attributes that need one another (RFC 6265bis, 4.1.3 and 5.7). */
function reasonToDrop({
  name,
  path,
  domain,
  secure,
  sameSite,
  partitioned,
}: CookieAttributes & { name: string }): string | undefined {
  const lower = name.toLowerCase();
  if (lower.startsWith("__host-") && (!secure || path !== "/" || domain !== undefined)) {
    return "__Host- asks for secure, path '/' and no domain";
  }
  if (lower.startsWith("__secure-") && !secure) {
    return "__Secure- asks for secure";
  }
  if (sameSite === "none" && !secure) {
    return "sameSite 'none' asks for secure";
  }
  return partitioned === true && !secure ? "partitioned asks for secure" : undefined;
}
