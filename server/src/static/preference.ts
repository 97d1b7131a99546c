import Negotiator from "negotiator";
import type { Exchange } from "../exchange/exchange.ts";

/** Tells whether a browser navigates: HTML is named by what is accepted, with a weight above zero, and not by a wildcard alone. */
export function wantsPage(exchange: Exchange): boolean {
  const accept = exchange.header("accept");
  if (accept === undefined) {
    return false;
  }
  const named = /(?:^|,)\s*text\/html\s*(?:;|,|$)/i.test(accept);
  return named && new Negotiator({ headers: { accept } }).mediaTypes(["text/html"]).length > 0;
}

/** Tells whether a coding of the body is accepted (RFC 9110, 12.5.3). */
export function acceptsCoding(exchange: Exchange, coding: string): boolean {
  const accepted = exchange.header("accept-encoding");
  return (
    accepted !== undefined &&
    new Negotiator({ headers: { "accept-encoding": accepted } }).encodings([coding]).includes(coding)
  );
}
