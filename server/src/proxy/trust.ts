import { DefinitionError } from "@tenon/core";
import { type Address, isIn, parseRange } from "./address.ts";

/** What of a request a proxy tells. */
export type ForwardedField = "for" | "proto" | "host" | "prefix";

/** Which proxies are believed, and what they tell. */
export interface TrustProxyOptions {
  /** Their addresses, `10.0.0.0/8` or `::1`; or how many of them a request passes, where nobody reaches the server past them. */
  readonly proxies: readonly string[] | number;
  /**
   * `x-forwarded`: `X-Forwarded-For`, `-Proto`, `-Host`, `-Prefix`, by default. `forwarded`: `Forwarded` (RFC 7239). Never both: a
   * proxy that writes one hands the other through from whoever sent it.
   */
  readonly headers?: "x-forwarded" | "forwarded";
  /** The fields that every one of the proxies sets or appends to, and so none of their callers: `for`, `proto`, `host` by default. */
  readonly fields?: readonly ForwardedField[];
}

/** Whom to believe, compiled. */
export interface Trust {
  /** Tells whether the peer so many proxies away is one. */
  trusts(address: Address | undefined, hop: number): boolean;
  readonly headers: "x-forwarded" | "forwarded";
  readonly fields: ReadonlySet<ForwardedField>;
}

const FIELDS: readonly ForwardedField[] = ["for", "proto", "host"];

/** Compiles the option `trustProxy`. Throws a `DefinitionError` for what is no address and no count. */
export function compileTrust(option: TrustProxyOptions | readonly string[] | number): Trust {
  const {
    proxies,
    headers = "x-forwarded",
    fields = FIELDS,
  } = isShort(option) ? { proxies: option } : option;
  if (typeof proxies === "number") {
    if (!Number.isSafeInteger(proxies) || proxies < 1) {
      throw new DefinitionError(
        "BAD_OPTION",
        `trustProxy: ${proxies} is no count of proxies: write 1 for one in front, or leave it out for none`,
      );
    }
    return { trusts: (_address, hop) => hop < proxies, headers, fields: new Set(fields) };
  }
  const ranges = proxies.map((text) => {
    const range = parseRange(text);
    if (range === undefined) {
      throw new DefinitionError(
        "BAD_OPTION",
        `trustProxy: '${text}' is no address: write '10.0.0.0/8', '192.0.2.1' or 'fd00::/8'`,
      );
    }
    return range;
  });
  return {
    trusts: (address) => address !== undefined && ranges.some((range) => isIn(address, range)),
    headers,
    fields: new Set(fields),
  };
}

function isShort(
  option: TrustProxyOptions | readonly string[] | number,
): option is readonly string[] | number {
  return typeof option === "number" || Array.isArray(option);
}
