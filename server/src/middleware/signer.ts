/** Signs values for a cookie, and opens what was signed: HMAC-SHA-256 over the cookie's name and the value. */
export class Signer {
  readonly #name: string;
  readonly #secrets: readonly string[];
  #keys: Promise<readonly CryptoKey[]> | undefined;

  /** The first secret signs; what any of them has signed is opened. */
  constructor(name: string, secrets: readonly string[]) {
    this.#name = name;
    this.#secrets = secrets;
  }

  /** The value as JSON, readable, with its signature. */
  async seal(value: object): Promise<string> {
    const payload = toBase64Url(UTF8.encode(JSON.stringify(value)));
    const [key] = await this.#load();
    const signature = await crypto.subtle.sign("HMAC", key as CryptoKey, this.#signed(payload));
    return `${payload}.${toBase64Url(new Uint8Array(signature))}`;
  }

  /** The value; undefined where nobody here has signed it. */
  async open<Value>(sealed: string): Promise<Value | undefined> {
    const dot = sealed.indexOf(".");
    const payload = sealed.slice(0, dot);
    const signature = dot < 0 ? undefined : fromBase64Url(sealed.slice(dot + 1));
    if (signature === undefined) {
      return undefined;
    }
    for (const key of await this.#load()) {
      // Compares in constant time.
      if (await crypto.subtle.verify("HMAC", key, signature, this.#signed(payload))) {
        const bytes = fromBase64Url(payload);
        return bytes === undefined ? undefined : (JSON.parse(new TextDecoder().decode(bytes)) as Value);
      }
    }
    return undefined;
  }

  /** A value of one cookie is none of another. */
  #signed(payload: string): Uint8Array<ArrayBuffer> {
    return UTF8.encode(`${this.#name}=${payload}`);
  }

  #load(): Promise<readonly CryptoKey[]> {
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    this.#keys ??= Promise.all(
      this.#secrets.map((secret) =>
        crypto.subtle.importKey("raw", UTF8.encode(secret), algorithm, false, ["sign", "verify"]),
      ),
    );
    return this.#keys;
  }
}

/** 256 random bits. */
export function randomId(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
}

const UTF8 = new TextEncoder();

function toBase64Url(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) {
    text += String.fromCharCode(byte);
  }
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[\w-]+$/.test(text)) {
    return undefined;
  }
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) =>
      letter.charCodeAt(0),
    );
  } catch {
    return undefined;
  }
}
