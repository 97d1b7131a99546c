import { z } from "zod";
import { SCOPES_OF_ROLE } from "../account/roles.ts";
import { SESSION_COOKIE, signIn, signOut } from "../account/session.ts";
import { knownBy } from "../account/sign-in.ts";
import { open } from "../base.ts";
import { WRONG_LOGIN } from "../errors.ts";
import { signInLimit } from "../limits.ts";
import { Account } from "../schemas/account.ts";

/** POST /session */
export const create = open
  .wrap(signInLimit)
  .use({ knownBy })
  .input({ email: z.string().max(254), password: z.string().max(128).meta({ format: "password" }) })
  .output(Account)
  .errors(WRONG_LOGIN)
  .responseCookies(SESSION_COOKIE)
  .doc({ summary: "Sign in" })
  .mutation(async ({ input: { email, password }, database, knownBy, errors, ctx }) => {
    const user = await knownBy(email, password);
    if (user === undefined) {
      return errors.WRONG_LOGIN();
    }
    await signIn(database, ctx, user);
    return { ...user, scopes: [...SCOPES_OF_ROLE[user.role]] };
  });

/** DELETE /session */
export const remove = open
  .route("DELETE /")
  .output(z.void())
  .responseCookies(SESSION_COOKIE)
  .doc({ summary: "Sign out" })
  .mutation(({ database, ctx }) => signOut(database, ctx));
