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

/** Those of some codings that are accepted, the preferred first (RFC 9110, 12.5.3); of equal ones the first. */
export function acceptedCodings(exchange: Exchange, codings: readonly string[]): readonly string[] {
  const accepted = exchange.header("accept-encoding");
  if (accepted === undefined) {
    return [];
  }
  // The second argument is newer than the types.
  const negotiator = new Negotiator({ headers: { "accept-encoding": accepted } }) as unknown as {
    encodings(available: string[], options: { preferred: string[] }): string[];
  };
  return negotiator.encodings([...codings], { preferred: [...codings] });
}
