import { dependency, requireScopes, security, unauthenticated } from "@tenon/core";
import { database } from "../data/database.ts";
import type { Database } from "../data/open-database.ts";
import { readUser, type User } from "../data/users.ts";
import { type AccessTokens, accessTokens } from "./access-token.ts";
import { type Scope, SCOPES, SCOPES_OF_ROLE } from "./roles.ts";
import { SESSION_COOKIE, userOfSession } from "./session.ts";

// #region caller
/** Programs bring an access token, the pages of the shop a session's cookie. */
const credential = security.any({
  token: security.oauth2({
    name: "token",
    description: "An access token of `POST /token`.",
    flows: { password: { tokenUrl: "/token" } },
    scopes: SCOPES,
  }),
  session: security.apiKey({
    name: "session",
    in: "cookie",
    key: SESSION_COOKIE,
    description: "The cookie that signing in sets.",
  }),
});

/** Who is calling, and what they may do. */
export interface Caller {
  readonly user: User;
  readonly scopes: readonly Scope[];
}

/** The caller; 401 where nobody is signed in, 403 for a caller without the scopes of the operation. */
export const caller = dependency
  .use({ credential, database, accessTokens })
  .resolve(async ({ credential, database, accessTokens, ctx }) => {
    const caller = await ("token" in credential
      ? callerOfToken(database, accessTokens, credential.token)
      : callerOfSession(database, credential.session));
    if (caller === undefined) {
      return unauthenticated({ detail: "Sign in again.", challenge: 'Bearer error="invalid_token"' });
    }
    requireScopes(ctx, caller.scopes);
    return caller;
  });
// #endregion

async function callerOfSession(database: Database, token: string): Promise<Caller | undefined> {
  const user = await userOfSession(database, token);
  return user && { user, scopes: SCOPES_OF_ROLE[user.role] };
}

async function callerOfToken(
  database: Database,
  tokens: AccessTokens,
  token: string,
): Promise<Caller | undefined> {
  const claims = await tokens.read(token);
  const user = claims && (await readUser(database, claims.userId));
  // What the role allows today: somebody who lost it does not keep it for as long as the token lasts.
  return (
    user && { user, scopes: SCOPES_OF_ROLE[user.role].filter((scope) => claims?.scopes.includes(scope)) }
  );
}
