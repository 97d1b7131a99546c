/** A strong entity tag (RFC 9110, 8.8.3) of a text: the same text, the same tag, on every worker. */
export async function entityTag(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  const hex = Array.from(new Uint8Array(digest, 0, 12), (byte) => byte.toString(16).padStart(2, "0"));
  return `"${hex.join("")}"`;
}

/** Tells whether the caller already has what a tag stands for (`If-None-Match`; RFC 9110, 13.1.2). */
export function isKnown(tag: string, ifNoneMatch: string | undefined): boolean {
  if (ifNoneMatch === undefined) {
    return false;
  }
  const known = ifNoneMatch.split(",").map((part) => part.trim().replace(/^W\//, ""));
  return known.includes("*") || known.includes(tag);
}
