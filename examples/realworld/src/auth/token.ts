import { randomBytes } from "node:crypto";
import { errors, jwtVerify, SignJWT } from "jose";

/** What tokens are signed with, and what to tell the operator about it. */
export interface TokenKey {
  readonly key: Uint8Array;
  readonly warning: string | undefined;
}

/** The key in `JWT_SECRET`, or a random one that ends with the process. */
export function readTokenKey(environment: Readonly<Record<string, string | undefined>>): TokenKey {
  const secret = environment["JWT_SECRET"];
  if (secret === undefined || secret === "") {
    return {
      key: randomBytes(KEY_BYTES),
      warning: "JWT_SECRET is not set: tokens are signed with a random key and end with this process.",
    };
  }
  const key = new TextEncoder().encode(secret);
  const warning =
    key.length < KEY_BYTES
      ? `JWT_SECRET has ${key.length} bytes; HS256 asks for at least ${KEY_BYTES} (RFC 7518, 3.2).`
      : undefined;
  return { key, warning };
}

/** A token that names the user until it expires. */
export function signToken(userId: number, key: Uint8Array, now: Date = new Date()): Promise<string> {
  const issuedAt = Math.floor(now.getTime() / 1000);
  return new SignJWT()
    .setProtectedHeader({ alg: ALGORITHM, typ: "JWT" })
    .setIssuer(ISSUER)
    .setSubject(String(userId))
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + LIFETIME_SECONDS)
    .sign(key);
}

/** The id of the user whom a token names; undefined when it is forged, expired or no token at all. */
export async function verifyToken(
  token: string,
  key: Uint8Array,
  now: Date = new Date(),
): Promise<number | undefined> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      requiredClaims: ["sub", "exp"],
      currentDate: now,
    });
    const userId = Number(payload.sub);
    return Number.isSafeInteger(userId) && userId > 0 ? userId : undefined;
  } catch (error) {
    if (error instanceof errors.JOSEError) {
      return undefined;
    }
    throw error;
  }
}

const ALGORITHM = "HS256";
const ISSUER = "conduit";
const KEY_BYTES = 32;
const LIFETIME_SECONDS = 7 * 24 * 60 * 60;
