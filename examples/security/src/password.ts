import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

/** What hashing costs: `ln` is the binary logarithm of scrypt's N. */
export interface Cost {
  readonly ln: number;
  readonly r: number;
  readonly p: number;
}

// One of the equivalent settings of OWASP's Password Storage Cheat Sheet, at 32 MiB.
export const COST: Cost = { ln: 15, r: 8, p: 3 };

const SALT_BYTES = 16;
const KEY_BYTES = 32;
const derive = promisify<string, Uint8Array, number, object, Buffer>(scrypt);

/** Hashes a password for storage: `$scrypt$ln=…,r=…,p=…$salt$key`, the salt new each time. */
export async function hashPassword(password: string, cost: Cost = COST): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await hash(password, salt, cost);
  return `$scrypt$ln=${cost.ln},r=${cost.r},p=${cost.p}$${base64(salt)}$${base64(key)}`;
}

// #region check
/**
 * Says whether a password is the one that was stored, and whether it was stored at another cost than today's. Where nothing is
 * stored it hashes all the same: neither the answer nor the time that it takes tells who has an account.
 */
export async function checkPassword(
  password: string,
  stored: string | undefined,
  cost: Cost = COST,
): Promise<"wrong" | "right" | "outdated"> {
  const expected = stored === undefined ? nobody(cost) : parse(stored);
  const key = await hash(password, expected.salt, expected.cost);
  if (!timingSafeEqual(key, expected.key) || stored === undefined) {
    return "wrong";
  }
  const { ln, r, p } = expected.cost;
  return ln === cost.ln && r === cost.r && p === cost.p ? "right" : "outdated";
}
// #endregion

interface Stored {
  readonly cost: Cost;
  readonly salt: Uint8Array;
  readonly key: Uint8Array;
}

function nobody(cost: Cost): Stored {
  return { cost, salt: randomBytes(SALT_BYTES), key: randomBytes(KEY_BYTES) };
}

function hash(password: string, salt: Uint8Array, { ln, r, p }: Cost): Promise<Buffer> {
  const N = 2 ** ln;
  // One text has several encodings in Unicode; keyboards differ in which they produce.
  return derive(password.normalize("NFKC"), salt, KEY_BYTES, { N, r, p, maxmem: 256 * N * r });
}

function parse(stored: string): Stored {
  const [, method, settings = "", salt = "", key = ""] = stored.split("$");
  const [ln, r, p] = settings.split(",").map((setting) => Number(setting.split("=")[1]));
  if (method !== "scrypt" || !ln || !r || !p) {
    throw new Error("A stored password is not in the form that hashPassword writes.");
  }
  return { cost: { ln, r, p }, salt: Buffer.from(salt, "base64"), key: Buffer.from(key, "base64") };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64").replace(/=+$/, "");
}
