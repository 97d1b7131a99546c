import { z } from "zod";
import { hashPassword } from "../account/password.ts";
import { SCOPES_OF_ROLE } from "../account/roles.ts";
import { SESSION_COOKIE, signIn } from "../account/session.ts";
import { authed, open } from "../base.ts";
import { createUser } from "../data/users.ts";
import { TAKEN } from "../errors.ts";
import { signInLimit } from "../limits.ts";
import { Account, Email, Password } from "../schemas/account.ts";

/** POST /account */
export const create = open
  .wrap(signInLimit)
  .input({ email: Email, name: z.string().min(1).max(100), password: Password })
  .output(Account)
  .errors(TAKEN)
  .responseCookies(SESSION_COOKIE)
  .doc({ summary: "Open an account, and sign in" })
  .mutation(async ({ input: { email, name, password }, database, errors, ctx }) => {
    const user = await createUser(database, {
      email: email.toLowerCase(),
      name,
      passwordHash: await hashPassword(password),
    });
    if (user === undefined) {
      return errors.TAKEN({ field: "email" });
    }
    await signIn(database, ctx, user);
    return { ...user, scopes: [...SCOPES_OF_ROLE[user.role]] };
  });

/** GET /account */
export const read = authed
  .route("GET /")
  .output(Account)
  .doc({ summary: "Who is signed in" })
  .query(({ caller: { user, scopes } }) => ({ ...user, scopes: [...scopes] }));
