import { DefinitionError, type Middleware } from "@tenon/core";
import type { RequestContext } from "../request/request-context.ts";
import { frameworkError } from "../response/problem.ts";
import { isFromOtherSite } from "../security/other-site.ts";
import type { Next } from "./next.ts";

/** Options of `csrf`. */
export interface CsrfOptions {
  /** Other sites whose pages may act for their users: `https://admin.example`. None by default. */
  origins?: readonly string[];
}

const SAFE: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "TRACE"]);

/**
 * Refuses with 403 what pages of other sites send: `Sec-Fetch-Site`, and of old browsers `Origin` (W3C Fetch Metadata). For apps
 * that know their users by a session; operations whose security scheme is a cookie have the same check without it. Programs,
 * which send neither header, pass: they hold no cookies of others.
 */
export function csrf({ origins = [] }: CsrfOptions = {}): Middleware {
  for (const origin of origins) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      throw new DefinitionError(
        "BAD_OPTION",
        `csrf: '${origin}' is no origin: write scheme, host and port alone, 'https://admin.example'`,
      );
    }
  }
  const friends = new Set(origins);
  return {
    name: "csrf",
    errors: { FORBIDDEN: { status: 403 } },
    handle(context: RequestContext, next: Next) {
      const isUnsafe = !SAFE.has(context.method) || context.served?.kind === "socket";
      if (isUnsafe && isFromOtherSite(context.exchange, friends)) {
        throw frameworkError("FORBIDDEN", "the request comes from a page of another site");
      }
      return next();
    },
  };
}
