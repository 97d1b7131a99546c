import { type ApiError, dependency, security, unauthenticated } from "@tenon/core";
import { verifyToken } from "../auth/token.ts";
import type { Database } from "../data/database.ts";
import { findUserById, type User } from "../data/users.ts";
import { database } from "./database.ts";
import { tokenKey } from "./token-key.ts";

const authorization = security.apiKey({
  in: "header",
  key: "Authorization",
  name: "Token",
  challenge: "Token",
  description: "`Token `, followed by the token that registering and logging in answer with.",
});

// #region user
/** The user whom the token of the request names; 401 without one. */
export const currentUser = dependency
  .use({ authorization, database, tokenKey })
  .resolve(({ authorization, database, tokenKey }) => authenticate(authorization, tokenKey, database));

/** The same where signing in is optional: null for a request without a token. */
export const viewer = dependency
  .use({ authorization: security.optional(authorization), database, tokenKey })
  .resolve(({ authorization, database, tokenKey }) =>
    authorization === null ? null : authenticate(authorization, tokenKey, database),
  );
// #endregion

/** A token that is forged, expired, or of somebody who is gone. */
export function invalidToken(): ApiError {
  return unauthenticated({ detail: "The token is invalid.", challenge: "Token" });
}

async function authenticate(
  authorization: string,
  key: Uint8Array,
  database: Database,
): Promise<User | ApiError> {
  const [, token] = /^token +(\S+)$/i.exec(authorization) ?? [];
  const id = token === undefined ? undefined : await verifyToken(token, key);
  const user = id === undefined ? undefined : await findUserById(database, id);
  return user ?? invalidToken();
}
