import type { Exchange } from "../exchange/exchange.ts";

/** A host and, where it was named, its port. */
export interface Host {
  /** In lower case; an IPv6 address in brackets. */
  readonly name: string;
  readonly port: string | undefined;
}

// A name or an IPv4 address, or an IPv6 address in brackets, then a port (RFC 3986, 3.2.2 and 3.2.3).
const HOST = /^([a-z\d](?:[a-z\d._-]*[a-z\d])?\.?|\[[\da-f:.]+\])(?::(\d{1,5}))?$/i;

/** The host that a request is meant for; undefined where none is named, or what stands there is none. */
export function readHost({ host }: Pick<Exchange, "host">): Host | undefined {
  const match = host === undefined ? null : HOST.exec(host);
  return match === null ? undefined : { name: (match[1] as string).toLowerCase(), port: match[2] };
}

/** Tells whether a name or an address is this machine's own. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[?(?:::1|::ffff:127(?:\.\d{1,3}){3})\]?)$/.test(host);
}
