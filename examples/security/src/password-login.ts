/** Recipe: a login form that gives out a signed token (OAuth's password flow, RFC 6749, 4.3; JWT, RFC 7519). */
import {
  dependency,
  oauth2PasswordForm,
  procedure,
  requireScopes,
  router,
  security,
  unauthenticated,
} from "@tenon/core";
import { createApp } from "@tenon/server";
import { rateLimit } from "@tenon/server/middleware";
import { errors as joseErrors, jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import { accounts } from "./accounts.ts";
import { signIn } from "./sign-in.ts";

const ISSUER = "https://notes.example";
const MINUTES = 15;

/** What tokens are signed with: 32 random bytes. Yours come from the environment, and are the same for every worker. */
export const tokenKey = dependency.scope("app").resolve(() => crypto.getRandomValues(new Uint8Array(32)));

/** The time in seconds, for tests to move. */
export const clock = dependency.scope("app").resolve(() => () => Math.floor(Date.now() / 1000));

const oauth2 = security.oauth2({
  flows: { password: { tokenUrl: "/token" } },
  scopes: { "notes:read": "Read your notes", "notes:write": "Write notes" },
});

// #region user
/** The account that a token names, if it carries the scopes that the operation asks for. Nobody hears why a token is refused. */
export const currentUser = dependency
  .use({ token: oauth2, accounts, tokenKey, clock })
  .resolve(async ({ token, accounts: known, tokenKey: key, clock: now, ctx }) => {
    const claims = await verify(token, key, now());
    const account = claims === undefined ? undefined : known.get(claims.sub);
    if (claims === undefined || account === undefined || account.generation !== claims.generation) {
      throw unauthenticated();
    }
    requireScopes(ctx, claims.scope.split(" "));
    return account;
  });
// #endregion

const Claims = z.object({ sub: z.string(), scope: z.string(), generation: z.int() });

// #region verify
async function verify(
  token: string,
  key: Uint8Array,
  now: number,
): Promise<z.infer<typeof Claims> | undefined> {
  try {
    const { payload } = await jwtVerify(token, key, {
      // Named: otherwise the token would say how it is to be verified.
      algorithms: ["HS256"],
      issuer: ISSUER,
      requiredClaims: ["exp", "sub"],
      currentDate: new Date(now * 1000),
    });
    return Claims.safeParse(payload).data;
  } catch (error) {
    if (error instanceof joseErrors.JOSEError) {
      return undefined;
    }
    throw error;
  }
}
// #endregion

const session = {
  // #region login
  /** POST /token. Ten attempts a minute for each address: hashing is dear, and guessing is not. */
  create: procedure
    .wrap(rateLimit({ limit: 10, window: 60 }))
    .use({ signIn, tokenKey, clock })
    .route("POST /token")
    .status(200)
    .input(oauth2PasswordForm)
    .output({
      access_token: z.string(),
      token_type: z.literal("bearer"),
      expires_in: z.int(),
      scope: z.string(),
    })
    .errors({ INVALID_GRANT: { status: 400, description: "The name, the password or both are wrong." } })
    .mutation(async ({ input, signIn: find, tokenKey: key, clock: now, errors }) => {
      const account = await find(input.username, input.password);
      if (account === undefined) {
        return errors.INVALID_GRANT();
      }
      const asked = input.scopes.length === 0 ? account.scopes : input.scopes;
      const scope = account.scopes.filter((each) => asked.includes(each)).join(" ");
      const token = await new SignJWT({ scope, generation: account.generation })
        .setProtectedHeader({ alg: "HS256" })
        .setIssuer(ISSUER)
        .setSubject(account.name)
        .setIssuedAt(now())
        .setExpirationTime(now() + MINUTES * 60)
        .sign(key);
      return { access_token: token, token_type: "bearer" as const, expires_in: MINUTES * 60, scope };
    }),
  // #endregion
  /** DELETE /token. What was given out before ends: the only way back from a token that was stolen. */
  remove: procedure
    .use({ user: currentUser })
    .route("DELETE /token")
    .output(z.void())
    .mutation(({ user }) => {
      user.generation++;
    }),
};

const notes = {
  list: procedure
    .use({ user: currentUser })
    .scopes("notes:read")
    .output(z.array(z.string()))
    .query(({ user }) => [`a note of ${user.name}`]),
  create: procedure
    .use({ user: currentUser })
    .scopes("notes:write")
    .input({ text: z.string().max(1000) })
    .output(z.string())
    .mutation(({ input, user }) => `${user.name}: ${input.text}`),
};

/** Notes, for whoever has a token. */
export const app = createApp({ session: router(session, { prefix: "" }), notes });
