import type { Exchange } from "../exchange/exchange.ts";
import { originForm } from "./target.ts";

type Addressed = Pick<Exchange, "publicOrigin" | "isSecure" | "host">;

/**
 * Scheme, host and port at which callers reach the application: what it says itself (`publicUrl`), or what the request names.
 * Everything that makes an absolute address asks here. What comes from outside can make it neither another form nor none.
 */
export function externalOrigin({ publicOrigin, isSecure, host }: Addressed): string {
  if (publicOrigin !== undefined) {
    return publicOrigin;
  }
  const scheme = isSecure ? "https" : "http";
  const isHost = host !== undefined && /^[^/?#@\\\s]+$/.test(host) && URL.canParse(`${scheme}://${host}`);
  return `${scheme}://${isHost ? host : "localhost"}`;
}

/** The address of a request as its caller wrote it. */
export function externalUrl(exchange: Addressed & Pick<Exchange, "basePath" | "target">): URL {
  const path = exchange.basePath + originForm(exchange.target);
  return new URL(externalOrigin(exchange) + (path.startsWith("/") ? path : "/"));
}

/** Where callers find the application: a path, or the whole address where the application says it; never by what a request says. */
export function baseOf({ publicOrigin = "", basePath }: Pick<Exchange, "publicOrigin" | "basePath">): string {
  return publicOrigin + basePath;
}
