// Standard Webhooks 1.0.0, "Signature scheme": HMAC-SHA256 over `id.timestamp.payload`, in base64 after `v1,`.
const VERSION = "v1";
const PREFIX = "whsec_";

/** The headers of a signed request. */
export const SIGNATURE_HEADERS = {
  id: "webhook-id",
  timestamp: "webhook-timestamp",
  signature: "webhook-signature",
} as const;

/** A new secret for one receiver: 24 random bytes in base64 after `whsec_`. */
export function createSecret(): string {
  return PREFIX + encode(crypto.getRandomValues(new Uint8Array(24)));
}

/** Signs a payload under an id and a time in seconds. */
export async function sign(secret: string, id: string, timestamp: number, payload: string): Promise<string> {
  const key = await importKey(secret, "sign");
  const signature = await crypto.subtle.sign("HMAC", key, contentOf(id, timestamp, payload));
  return `${VERSION},${encode(new Uint8Array(signature))}`;
}

/** Tells whether one of the signatures, separated by spaces, is right; compared in constant time. */
export async function verify(
  secret: string,
  id: string,
  timestamp: number,
  payload: string,
  signatures: string,
): Promise<boolean> {
  const key = await importKey(secret, "verify");
  const content = contentOf(id, timestamp, payload);
  let isRight = false;
  // Several keys may sign while they are rotated; a caller cannot make us try many.
  for (const each of signatures.split(" ").slice(0, 8)) {
    const [version, text = ""] = each.split(",", 2);
    const bytes = version === VERSION ? decode(text) : undefined;
    if (bytes !== undefined && (await crypto.subtle.verify("HMAC", key, bytes, content))) {
      isRight = true;
    }
  }
  return isRight;
}

function importKey(secret: string, usage: "sign" | "verify"): Promise<CryptoKey> {
  const bytes = decode(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret);
  if (bytes === undefined || bytes.length < 16) {
    throw new TypeError(
      "the secret of a webhook must be at least 16 bytes in base64: createSecret() makes one",
    );
  }
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, [usage]);
}

function contentOf(id: string, timestamp: number, payload: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${id}.${timestamp}.${payload}`);
}

function encode(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

function decode(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
