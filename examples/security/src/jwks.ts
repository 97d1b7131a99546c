/** Recipe: tokens of somebody else's, verified by keys that they publish and rotate (JWKS, RFC 7517). */
import { dependency, procedure, security, unauthenticated } from "@tenon/core";
import { createApp } from "@tenon/server";
import { createRemoteJWKSet, errors as joseErrors, type JWTVerifyGetKey, jwtVerify } from "jose";
import { z } from "zod";

/** Whose tokens are taken, and for whom they have to be. */
export const provider = dependency.scope("app").resolve(() => ({
  issuer: "https://login.example",
  audience: "notes",
  keys: "https://login.example/.well-known/jwks.json",
  /** Milliseconds after which an unknown key is looked for again, so that nobody makes us ask all the time. */
  cooldown: 30_000,
}));

// #region keys
/** The provider's keys: fetched when a token names one that is not known yet, and kept for ten minutes at most. */
const keys = dependency
  .scope("app")
  .use({ provider })
  .resolve(
    ({ provider: { keys: address, cooldown } }): JWTVerifyGetKey =>
      createRemoteJWKSet(new URL(address), { cooldownDuration: cooldown, cacheMaxAge: 600_000 }),
  );

const token = security.bearer({ format: "JWT" });

/** Whom the token is about. Where the keys cannot be fetched nobody is refused for it: 503, and the error is reported. */
export const subject = dependency
  .use({ token, provider, keys })
  .errors({ KEYS_UNAVAILABLE: { status: 503 } })
  .resolve(async ({ token: given, provider: { issuer, audience }, keys: find, errors, ctx }) => {
    try {
      const algorithms = ["RS256", "ES256"];
      const { payload } = await jwtVerify(given, find, {
        algorithms,
        issuer,
        audience,
        requiredClaims: ["exp"],
      });
      return payload.sub ?? unauthenticated();
    } catch (error) {
      if (isOfToken(error)) {
        throw unauthenticated();
      }
      ctx.log.error({ err: error }, "the provider's keys cannot be fetched");
      return errors.KEYS_UNAVAILABLE();
    }
  });
// #endregion

/** The token is at fault, and neither the network nor the provider. */
function isOfToken(error: unknown): boolean {
  return (
    error instanceof joseErrors.JOSEError &&
    !(error instanceof joseErrors.JWKSTimeout) &&
    !(error instanceof joseErrors.JWKSInvalid) &&
    error.code !== "ERR_JOSE_GENERIC"
  );
}

const me = {
  read: procedure
    .use({ subject })
    .output(z.string())
    .query(({ subject: name }) => name),
};

/** Says who is calling. */
export const app = createApp({ me });
