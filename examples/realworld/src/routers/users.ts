import { procedure } from "@tenon/core";
import { hashPassword, verifyPassword } from "../auth/password.ts";
import { createUser, findUserByEmail } from "../data/users.ts";
import { database } from "../dependencies/database.ts";
import { signIn } from "../dependencies/sign-in.ts";
import { uniqueness } from "../dependencies/uniqueness.ts";
import { Login, NewUser, User } from "../schemas/user.ts";

/** POST /api/users */
export const create = procedure
  .use({ database, signIn })
  .guard(uniqueness)
  .input({ user: NewUser })
  .output({ user: User })
  .doc({ summary: "Register" })
  .mutation(async ({ input, database, signIn }) => {
    const { password, ...user } = input.user;
    const created = await createUser(database, { ...user, passwordHash: await hashPassword(password) });
    return { user: await signIn(created) };
  });

/** POST /api/users/login */
export const login = procedure
  .use({ database, signIn })
  .input({ user: Login })
  .output({ user: User })
  .errors({ WRONG_CREDENTIALS: { status: 401, description: "No user has this email and password" } })
  .doc({ summary: "Log in" })
  .mutation(async ({ input, database, signIn, errors }) => {
    const { email, password } = input.user;
    const user = await findUserByEmail(database, email);
    const isRight = await verifyPassword(password, user?.passwordHash);
    return user !== undefined && isRight ? { user: await signIn(user) } : errors.WRONG_CREDENTIALS();
  });
