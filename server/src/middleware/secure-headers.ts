import { DefinitionError, type Middleware } from "@tenon/core";
import { andThen } from "../exchange/promise.ts";
import { getHeader, type Reply } from "../exchange/reply.ts";
import { checkHeader } from "../response/reply-headers.ts";
import type { RequestContext } from "../request/request-context.ts";
import type { Next } from "./next.ts";

const DEFAULTS = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "",
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=31536000; includeSubDomains",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
} as const;

/** A header that tells browsers what a reply must not be used for. */
export type SecureHeader = keyof typeof DEFAULTS;

/**
 * Values of `secureHeaders`: another one, or `false` for none. By default `content-security-policy` goes with whatever is no
 * page (pages need one of their own), and there is no `permissions-policy`.
 */
export type SecureHeadersOptions = Readonly<Partial<Record<SecureHeader, string | false>>>;

/** Adds the headers that keep browsers from misusing a reply (OWASP secure headers). What a reply says itself stays. */
export function secureHeaders(options: SecureHeadersOptions = {}): Middleware {
  for (const name of Object.keys(options)) {
    if (!Object.hasOwn(DEFAULTS, name)) {
      throw new DefinitionError(
        "BAD_OPTION",
        `secureHeaders: '${name}' is none of its headers: write ${Object.keys(DEFAULTS).join(", ")}`,
      );
    }
  }
  const chosen = Object.entries({ ...DEFAULTS, ...options }).flatMap(([name, value]) =>
    value === false || value === "" ? [] : [[checkHeader(name, value), value] as const],
  );
  // A page without scripts and styles would be no page.
  const ofPages = chosen.filter(
    ([name]) => name !== "content-security-policy" || typeof options[name as SecureHeader] === "string",
  );
  return {
    name: "secureHeaders",
    responseHeaders: Object.fromEntries(chosen.map(([name]) => [name, DESCRIPTIONS[name as SecureHeader]])),
    handle: (_context: RequestContext, next: Next) =>
      andThen(next(), (reply) => {
        const isPage = contentType(reply)?.startsWith("text/html") === true;
        for (const [name, value] of isPage ? ofPages : chosen) {
          if (!hasHeader(reply, name)) {
            reply.headers.push(name, value);
          }
        }
        return reply;
      }),
  };
}

function contentType(reply: Reply): string | undefined {
  return (
    getHeader(reply.headers, "content-type") ??
    (reply.kind === "web" ? (reply.response.headers.get("content-type") ?? undefined) : undefined)
  );
}

function hasHeader(reply: Reply, name: string): boolean {
  return (
    getHeader(reply.headers, name) !== undefined || (reply.kind === "web" && reply.response.headers.has(name))
  );
}

const DESCRIPTIONS: Readonly<Record<SecureHeader, string>> = {
  "content-security-policy": "What the reply may load, were it shown as a page (CSP 3).",
  "cross-origin-opener-policy": "Which windows may reach this one (HTML, 7.1.3).",
  "cross-origin-resource-policy": "Which sites may embed the reply (WHATWG Fetch, 3.7).",
  "permissions-policy": "Which features of the browser a page may use.",
  "referrer-policy": "What a page tells of its address.",
  "strict-transport-security": "That the host is to be asked by HTTPS only (RFC 6797).",
  "x-content-type-options": "That the media type is what it says (WHATWG Fetch, 3.6).",
  "x-frame-options": "That no page may frame the reply (HTML, 7.6.1).",
};
