import { randomBytes } from "node:crypto";
import { dependency } from "@tenon/core";
import { errors, jwtVerify, SignJWT } from "jose";
import { config } from "../config.ts";

/** Seconds that an access token is good for. */
export const TOKEN_LIFETIME = 3600;

const ISSUER = "shop";

/** What a token says, and what it was signed with says is true. */
export interface TokenClaims {
  readonly userId: number;
  readonly scopes: readonly string[];
}

/** Makes and reads access tokens. */
export interface AccessTokens {
  sign(claims: TokenClaims): Promise<string>;
  /** Undefined for a token that is forged, expired, or none. */
  read(token: string): Promise<TokenClaims | undefined>;
}

/** Access tokens: JSON Web Tokens, signed with the secret of the settings. */
export const accessTokens = dependency
  .use({ config })
  .scope("app")
  .resolve(({ config }): AccessTokens => {
    const { tokenSecret } = config;
    const key = tokenSecret === undefined ? randomBytes(32) : new TextEncoder().encode(tokenSecret);
    return {
      sign: ({ userId, scopes }) =>
        new SignJWT({ scope: scopes.join(" ") })
          .setProtectedHeader({ alg: "HS256", typ: "at+jwt" })
          .setIssuer(ISSUER)
          .setAudience(ISSUER)
          .setSubject(String(userId))
          .setIssuedAt()
          .setExpirationTime(`${TOKEN_LIFETIME} seconds`)
          .sign(key),
      read: async (token) => {
        try {
          const { payload } = await jwtVerify(token, key, {
            algorithms: ["HS256"],
            typ: "at+jwt",
            issuer: ISSUER,
            audience: ISSUER,
            requiredClaims: ["sub", "exp", "scope"],
          });
          return { userId: Number(payload.sub), scopes: String(payload["scope"]).split(" ") };
        } catch (error) {
          if (error instanceof errors.JOSEError) {
            return undefined;
          }
          throw error;
        }
      },
    };
  });
