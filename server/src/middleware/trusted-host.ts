import { DefinitionError, type Middleware } from "@tenon/core";
import type { RequestContext } from "../request/request-context.ts";
import { frameworkError } from "../response/problem.ts";
import { readHost } from "../request/host.ts";
import type { Next } from "./next.ts";

/** Options of `trustedHost`. */
export interface TrustedHostOptions {
  /** Names without port: `example.com`; `*.example.com` for everything below it, not itself. */
  hosts: readonly string[];
}

/** Refuses requests for hosts that are not the app's with 400: nothing is made from a `Host` that somebody invented. */
export function trustedHost({ hosts }: TrustedHostOptions): Middleware {
  const exact = new Set<string>();
  const ends: string[] = [];
  for (const host of hosts) {
    const lower = host.toLowerCase();
    const name = lower.startsWith("*.") ? lower.slice(2) : lower;
    if (readHost({ host: name })?.name !== name) {
      throw new DefinitionError(
        "BAD_OPTION",
        `trustedHost: '${host}' is no host: write its name without scheme and port, 'example.com' or '*.example.com'`,
      );
    }
    if (lower.startsWith("*.")) {
      ends.push(lower.slice(1));
    } else {
      exact.add(lower);
    }
  }
  const isTrusted = (name: string): boolean => exact.has(name) || ends.some((end) => name.endsWith(end));
  return {
    name: "trustedHost",
    errors: { MALFORMED_REQUEST: { status: 400 } },
    handle({ exchange }: RequestContext, next: Next) {
      const host = readHost(exchange);
      if (host === undefined || !isTrusted(host.name.replace(/\.$/, ""))) {
        throw frameworkError("MALFORMED_REQUEST", "the host is not served here");
      }
      return next();
    },
  };
}
