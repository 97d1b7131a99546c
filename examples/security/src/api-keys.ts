/** Recipe: API keys that are shown once, and stored as a hash that is of no use to whoever reads it. */
import { createHash, randomBytes } from "node:crypto";
import { dependency, procedure, sameSecret, security, unauthenticated } from "@tenon/core";
import { createApp } from "@tenon/server";
import { z } from "zod";
import { currentUser } from "./password-login.ts";

/** What is stored of a key: whose it is, and a digest of its secret. */
export interface StoredKey {
  readonly owner: string;
  readonly digest: string;
}

/** Keys by their ids. Yours are in a database. */
export const keys = dependency.scope("app").resolve(() => new Map<string, StoredKey>());

// #region key
/** `key_<id>_<secret>`: the id finds it, a prefix that scanners of leaked secrets know, 256 random bits that nobody guesses. */
const FORM = /^key_([0-9a-f]{16})_([\w-]{43})$/;

// Fast on purpose: what has 256 bits of its own needs no slow hash.
const digestOf = (secret: string): string => createHash("sha256").update(secret).digest("base64url");

const apiKey = security.apiKey({ in: "header", key: "x-api-key" });

/** Whose key it is. */
const owner = dependency.use({ apiKey, keys }).resolve(({ apiKey: given, keys: known }) => {
  const [, id = "", secret = ""] = FORM.exec(given) ?? [];
  const stored = known.get(id);
  return sameSecret(digestOf(secret), stored?.digest ?? digestOf("")) && stored !== undefined
    ? stored.owner
    : unauthenticated();
});
// #endregion

const apiKeys = {
  /** POST /apiKeys: the only time that anybody sees the key. */
  create: procedure
    .use({ user: currentUser, keys })
    .output({ id: z.string(), key: z.string() })
    .mutation(({ user, keys: known }) => {
      const id = randomBytes(8).toString("hex");
      const secret = randomBytes(32).toString("base64url");
      known.set(id, { owner: user.name, digest: digestOf(secret) });
      return { id, key: `key_${id}_${secret}` };
    }),
  remove: procedure
    .use({ user: currentUser, keys })
    .input({ id: z.string() })
    .output(z.void())
    .errors({ NOT_FOUND: { status: 404 } })
    .mutation(({ input, user, keys: known, errors }) => {
      if (known.get(input.id)?.owner !== user.name) {
        return errors.NOT_FOUND();
      }
      known.delete(input.id);
      return undefined;
    }),
};

const reports = {
  list: procedure
    .use({ owner })
    .output(z.array(z.string()))
    .query(({ owner: name }) => [`a report for ${name}`]),
};

/** Reports, for programs. */
export const app = createApp({ apiKeys, reports });
