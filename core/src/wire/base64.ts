// Made on first use: a client that only writes base64 does not carry it.
let sixBits: Int8Array | undefined;

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Reads base64 in the standard alphabet, with its padding and nothing else (RFC 4648, 4). */
export function decodeBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0) {
    return undefined;
  }
  sixBits ??= makeSixBits();
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  const end = text.length - padding;
  let bits = 0;
  let at = 0;
  for (let index = 0; index < end; index++) {
    const code = text.charCodeAt(index);
    const value = code < 128 ? (sixBits[code] as number) : -1;
    if (value < 0) {
      return undefined;
    }
    bits = ((bits << 6) | value) & 0xffffff;
    // Every four characters carry three bytes; a rest of two or three carries one or two.
    const phase = index & 3;
    if (phase !== 0) {
      bytes[at++] = bits >> (6 - 2 * phase);
    }
  }
  return bytes;
}

/** Writes bytes as base64 in the standard alphabet, with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  // `fromCharCode` takes its arguments on the stack; the chunk is a multiple of three, so that chunks join.
  const chunk = 0x6000;
  for (let start = 0; start < bytes.length; start += chunk) {
    parts.push(btoa(String.fromCharCode(...bytes.subarray(start, start + chunk))));
  }
  return parts.join("");
}

function makeSixBits(): Int8Array {
  const bits = new Int8Array(128).fill(-1);
  for (let index = 0; index < ALPHABET.length; index++) {
    bits[ALPHABET.charCodeAt(index)] = index;
  }
  return bits;
}
