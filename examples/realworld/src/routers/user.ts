import { hashPassword } from "../auth/password.ts";
import { authed } from "../base.ts";
import { updateUser } from "../data/users.ts";
import { invalidToken } from "../dependencies/current-user.ts";
import { signIn } from "../dependencies/sign-in.ts";
import { uniqueness } from "../dependencies/uniqueness.ts";
import { User, UserChanges } from "../schemas/user.ts";

/** GET /api/user */
export const read = authed
  .use({ signIn })
  .output({ user: User })
  .doc({ summary: "Read the current user" })
  .query(async ({ user, signIn }) => ({ user: await signIn(user) }));

/** PUT /api/user */
export const update = authed
  .use({ signIn })
  .guard(uniqueness)
  .route("PUT /")
  .input({ user: UserChanges })
  .output({ user: User })
  .doc({ summary: "Change the current user" })
  .mutation(async ({ input, user, database, signIn }) => {
    const { password, ...changes } = input.user;
    const passwordHash = password === undefined ? undefined : await hashPassword(password);
    const changed = await updateUser(database, user.id, { ...changes, passwordHash });
    return changed === undefined ? invalidToken() : { user: await signIn(changed) };
  });
