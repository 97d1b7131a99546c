import { hash, needsRehash, verify } from "argon2";

// Argon2id, the second of the settings that OWASP recommends: 19 MiB, two passes, one lane.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** A hash to store, with its salt and its cost in it (PHC string format). */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFKC"), COST);
}

/**
 * Says whether a password is the stored one, and whether the hash is outdated. Without a stored hash the answer is no, at the same
 * cost: time does not tell who has an account.
 */
export async function checkPassword(
  password: string,
  stored: string | undefined,
): Promise<{ isRight: boolean; isOutdated: boolean }> {
  const isRight = await verify(stored ?? (await NOBODYS), password.normalize("NFKC"));
  return {
    isRight: isRight && stored !== undefined,
    isOutdated: stored !== undefined && needsRehash(stored, COST),
  };
}

const NOBODYS = hashPassword(crypto.randomUUID());
