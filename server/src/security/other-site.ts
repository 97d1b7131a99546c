import type { Exchange } from "../exchange/exchange.ts";

/**
 * True where a page of another site sent the request: its cookies then say nothing about what the user wants.
 * Browsers tell by `Sec-Fetch-Site` (W3C Fetch Metadata), old ones by `Origin`; programs send neither. `origins` are friends.
 */
export function isFromOtherSite(exchange: Exchange, origins: ReadonlySet<string>): boolean {
  const origin = exchange.header("origin");
  if (origin !== undefined && origins.has(origin)) {
    return false;
  }
  const site = exchange.header("sec-fetch-site");
  if (site !== undefined) {
    return site !== "same-origin" && site !== "none";
  }
  return origin !== undefined && origin !== exchange.publicOrigin && !isOwn(origin, exchange.host);
}

function isOwn(origin: string, host: string | undefined): boolean {
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}
