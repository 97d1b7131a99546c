import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

/** Hashes a password for storage: `$scrypt$ln=…,r=…,p=…$salt$key`, the salt new each time. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, COST);
  return format({ cost: COST, salt, key });
}

/**
 * Says whether the password belongs to the stored hash.
 * Without a stored hash the answer is no, at the same cost: the time must not tell who is registered.
 */
export async function verifyPassword(password: string, stored: string | undefined): Promise<boolean> {
  const expected = stored === undefined ? NOBODY : parse(stored);
  const key = await derive(password, expected.salt, expected.cost);
  return timingSafeEqual(key, expected.key) && stored !== undefined;
}

interface Cost {
  /** Binary logarithm of scrypt's N. */
  readonly ln: number;
  readonly r: number;
  readonly p: number;
}

interface StoredPassword {
  readonly cost: Cost;
  readonly salt: Uint8Array;
  readonly key: Uint8Array;
}

// N = 2^15, r = 8, p = 3: one of the equivalent settings in OWASP's Password Storage Cheat Sheet, at 32 MiB.
const COST: Cost = { ln: 15, r: 8, p: 3 };
const SALT_BYTES = 16;
const KEY_BYTES = 32;

const NOBODY: StoredPassword = {
  cost: COST,
  salt: randomBytes(SALT_BYTES),
  key: randomBytes(KEY_BYTES),
};

const scryptAsync = promisify<string, Uint8Array, number, object, Buffer>(scrypt);

function derive(password: string, salt: Uint8Array, { ln, r, p }: Cost): Promise<Buffer> {
  const N = 2 ** ln;
  // One text has several encodings in Unicode; keyboards differ in which they produce.
  return scryptAsync(password.normalize("NFKC"), salt, KEY_BYTES, { N, r, p, maxmem: 256 * N * r });
}

function format({ cost, salt, key }: StoredPassword): string {
  return `$scrypt$ln=${cost.ln},r=${cost.r},p=${cost.p}$${toBase64(salt)}$${toBase64(key)}`;
}

const FORMAT = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]{43})$/;

function parse(stored: string): StoredPassword {
  const match = FORMAT.exec(stored);
  if (match === null) {
    throw new Error("A stored password hash is not in the form that hashPassword writes.");
  }
  const [, ln, r, p, salt, key] = match;
  return {
    cost: { ln: Number(ln), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt!, "base64"),
    key: Buffer.from(key!, "base64"),
  };
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64").replace(/=+$/, "");
}
