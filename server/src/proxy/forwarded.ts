import parse from "forwarded-parse";
import type { Exchange } from "../exchange/exchange.ts";
import { readHost } from "../request/host.ts";
import { parseAddress } from "./address.ts";
import type { Trust } from "./trust.ts";

/** What trusted proxies say of a request; undefined where they say nothing, or nothing that makes sense. */
export interface Forwarded {
  readonly address: string | undefined;
  readonly isSecure: boolean | undefined;
  readonly host: string | undefined;
  readonly prefix: string | undefined;
}

/** What each proxy said, the nearest last. */
interface Said {
  readonly addresses: readonly string[];
  /** What the proxy so many hops away said of something. */
  at(field: "proto" | "host" | "prefix", hop: number): string | undefined;
}

/**
 * Reads what proxies say, from the nearest on: each is believed as far as it is trusted itself. The caller is the first that is
 * not; what stands before it in the header is that caller's own word, and not read.
 */
export function readForwarded(exchange: Exchange, trust: Trust): Forwarded {
  const peer = parseAddress(exchange.remoteAddress);
  if (!trust.trusts(peer, 0)) {
    return NOTHING;
  }
  const said = trust.headers === "forwarded" ? standard(exchange) : separate(exchange);
  let address: string | undefined;
  let at = peer;
  let hops = 0;
  do {
    hops++;
    // An obfuscated name (`unknown`, `_hidden`) or garbage ends the way back: the nearest known address stands for the caller.
    at = parseAddress(bare(said.addresses.at(-hops) ?? ""));
    address = at?.toString() ?? address;
  } while (at !== undefined && trust.trusts(at, hops));
  const told = (field: "proto" | "host" | "prefix"): string | undefined =>
    trust.fields.has(field) ? said.at(field, hops) : undefined;
  const host = told("host");
  return {
    address: trust.fields.has("for") ? address : undefined,
    isSecure: secure(told("proto")),
    host: host !== undefined && readHost({ host }) !== undefined ? host : undefined,
    prefix: pathOf(told("prefix")),
  };
}

const NOTHING: Forwarded = { address: undefined, isSecure: undefined, host: undefined, prefix: undefined };

function separate(exchange: Exchange): Said {
  return {
    addresses: list(exchange.header("x-forwarded-for")),
    at(field, hop) {
      const values = list(exchange.header(`x-forwarded-${field}`));
      // Proxies append, or each replaces what was there: then there are fewer than proxies, and the nearest one's counts.
      return values.length >= hop ? values.at(-hop) : values.at(-1);
    },
  };
}

function standard(exchange: Exchange): Said {
  const elements = elementsOf(exchange.header("forwarded"));
  return {
    addresses: elements.map((element) => element.for ?? ""),
    at: (field, hop) =>
      field === "prefix" ? undefined : elements.at(-Math.min(hop, elements.length))?.[field],
  };
}

/** The elements of `Forwarded`; none where it breaks its own grammar (RFC 7239, 4). */
function elementsOf(header: string | undefined): readonly Readonly<Record<string, string | undefined>>[] {
  try {
    return header === undefined ? [] : parse(header);
  } catch {
    return [];
  }
}

function list(header: string | undefined): readonly string[] {
  return header === undefined ? [] : header.split(",").map((value) => value.trim());
}

/** An address without its port: `192.0.2.1:80`, `[::1]:80`. */
function bare(text: string): string {
  if (text.startsWith("[")) {
    return text.slice(1, text.indexOf("]"));
  }
  const colon = text.indexOf(":");
  return colon >= 0 && colon === text.lastIndexOf(":") ? text.slice(0, colon) : text;
}

function secure(proto: string | undefined): boolean | undefined {
  switch (proto?.toLowerCase()) {
    case "https":
    case "wss":
      return true;
    case "http":
    case "ws":
      return false;
    default:
      return undefined;
  }
}

/** A path that stays on this site, without a slash at its end. */
function pathOf(prefix: string | undefined): string | undefined {
  const path = prefix?.replace(/\/$/, "");
  return path !== undefined &&
    path.length <= 256 &&
    /^(?:\/(?!\.\.?(?:\/|$))[\w.~!$&'()*+;=:@%-]+)*$/.test(path)
    ? path
    : undefined;
}
