import ipaddr from "ipaddr.js";

/** An address of IPv4 or IPv6. */
export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Addresses that share their first bits. */
export type Range = readonly [Address, number];

/** An address as text; IPv4 in IPv6's clothes is IPv4. Undefined for whatever is none: also for `127.1`, `0x7f.0.0.1` and names. */
export function parseAddress(text: string): Address | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) {
    return ipaddr.IPv4.parse(text);
  }
  if (!text.includes(":") || !ipaddr.IPv6.isValid(text)) {
    return undefined;
  }
  const address = ipaddr.IPv6.parse(text);
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

/** `10.0.0.0/8`, or one address; undefined for what is neither. */
export function parseRange(text: string): Range | undefined {
  const [head = "", bits] = text.split("/");
  const address = parseAddress(head);
  if (address === undefined) {
    return undefined;
  }
  const all = address.kind() === "ipv4" ? 32 : 128;
  const size = bits === undefined ? all : /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
  return text.split("/").length <= 2 && size >= 0 && size <= all ? [address, size] : undefined;
}

/** Tells whether an address is in a range; one of the other family is not. */
export function isIn(address: Address, [first, size]: Range): boolean {
  return address.kind() === first.kind() && address.match(first, size);
}
