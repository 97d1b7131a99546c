import type { Middleware } from "@tenon/core";
import { originForm } from "../request/target.ts";
import type { RequestContext } from "../request/request-context.ts";
import { frameworkError } from "../response/problem.ts";
import { type Host, isLoopback, readHost } from "../request/host.ts";
import type { Next } from "./next.ts";

/** Options of `httpsRedirect`. */
export interface HttpsRedirectOptions {
  /** 308 may be remembered by callers, 307 is asked for anew; 308 by default. Both keep method and body. */
  status?: 307 | 308;
  /** The host, with its port where it is not 443, that callers are sent to; the one that they asked for by default. */
  host?: string;
  /** Redirects requests from this machine to this machine, too: health checks and probes. False by default. */
  loopback?: boolean;
}

/**
 * Sends callers of plain HTTP to the same address by HTTPS. Put `trustedHost` around it, or name the `host`: what stands in
 * `Host` is the caller's word. Behind a proxy that ends HTTPS, the application's option `trustProxy` tells what callers speak.
 */
export function httpsRedirect(options: HttpsRedirectOptions = {}): Middleware {
  const { status = 308, host, loopback = false } = options;
  return {
    name: "httpsRedirect",
    errors: { MALFORMED_REQUEST: { status: 400 } },
    responses: {
      [status]: {
        description: "The address is answered by HTTPS.",
        headers: { location: "The same address, by HTTPS." },
      },
    },
    handle(context: RequestContext, next: Next) {
      const { exchange } = context;
      if (exchange.isSecure) {
        return next();
      }
      const asked = readHost(exchange);
      if (!loopback && asked !== undefined && isLoopback(asked.name) && isFromHere(context)) {
        return next();
      }
      const own = exchange.publicOrigin === undefined ? undefined : new URL(exchange.publicOrigin).host;
      const to = host ?? own ?? (asked === undefined ? undefined : secureHost(asked));
      if (to === undefined) {
        throw frameworkError("MALFORMED_REQUEST", "the request names no host");
      }
      const path = exchange.basePath + originForm(exchange.target);
      return {
        kind: "empty",
        status,
        headers: ["location", `https://${to}${path.startsWith("/") ? path : "/"}`],
      };
    },
  };
}

/** Without a proxy in between, which would say so. */
function isFromHere({ exchange, ip }: RequestContext): boolean {
  return (ip === "" || isLoopback(ip)) && exchange.header("x-forwarded-for") === undefined;
}

/** The port of plain HTTP is not that of HTTPS; another one is taken to serve both. */
function secureHost({ name, port }: Host): string {
  return port === undefined || port === "80" || port === "443" ? name : `${name}:${port}`;
}
