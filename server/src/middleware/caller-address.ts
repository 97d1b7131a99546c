/**
 * What a caller's address says of who calls: an IPv4 address as it is, also in IPv6's clothes, and of an IPv6 address its
 * network (/64), of which one caller has all.
 */
export function callerAddress(ip: string): string {
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(ip);
  if (mapped !== null) {
    return mapped[1] as string;
  }
  if (!ip.includes(":")) {
    return ip;
  }
  const [head = "", tail] = (ip.split("%")[0] as string).toLowerCase().split("::");
  const first = head === "" ? [] : head.split(":");
  const last = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  const groups = [...first, ...Array.from({ length: zeros }, () => "0"), ...last];
  const network = groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ""));
  return `${network.join(":")}::/64`;
}
