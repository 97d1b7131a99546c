/** Recipe: signing in on a page: a session in a cookie, another id for whoever signs in, and signing out everywhere. */
import { dependency, procedure, security, unauthenticated } from "@tenon/core";
import { createApp } from "@tenon/server";
import { memorySessions, session } from "@tenon/server/middleware";
import { z } from "zod";
import { accounts } from "./accounts.ts";
import { signIn } from "./sign-in.ts";

interface Visit {
  name: string;
  /** That of the account when it signed in. */
  generation: number;
}

// #region session
const sessions = session<Visit>({
  secrets: [process.env["SESSION_SECRET"] ?? crypto.randomUUID() + crypto.randomUUID()],
  // With several workers: redisSessions(client) of @tenon/server/redis.
  store: memorySessions(),
});

/** The cookie, as a security scheme: in the document, and refused where a page of another site sends it along. */
const cookie = security.apiKey({ in: "cookie", key: "__Host-session", name: "session" });

/** Who has signed in; 401 for all others. */
const currentUser = dependency.use({ cookie, accounts }).resolve(({ ctx, accounts: known }) => {
  const own = sessions.of(ctx);
  const account = known.get(own.get("name") ?? "");
  return account !== undefined && account.generation === own.get("generation") ? account : unauthenticated();
});
// #endregion

const login = {
  // #region sign-in
  create: procedure
    .use({ signIn })
    .input({ name: z.string().max(100), password: z.string().max(1024) })
    .output(z.void())
    .errors({ WRONG_CREDENTIALS: { status: 400 } })
    .mutation(async ({ input, signIn: find, ctx, errors }) => {
      const account = await find(input.name, input.password);
      if (account === undefined) {
        return errors.WRONG_CREDENTIALS();
      }
      const own = sessions.of(ctx);
      // An id that somebody planted before is worth nothing now.
      own.regenerate();
      own.set("name", account.name);
      own.set("generation", account.generation);
      return undefined;
    }),
  /** DELETE /login: signs out here. */
  remove: procedure
    .use({ user: currentUser })
    .output(z.void())
    .mutation(({ ctx }) => sessions.of(ctx).clear()),
  /** POST /login/removeAll: signs out everywhere, whatever sessions there are. */
  removeAll: procedure
    .use({ user: currentUser })
    .output(z.void())
    .mutation(({ user, ctx }) => {
      user.generation++;
      sessions.of(ctx).clear();
    }),
  // #endregion
};

const me = {
  read: procedure
    .use({ user: currentUser })
    .output(z.string())
    .query(({ user }) => user.name),
};

/** Says who has signed in. */
export const app = createApp({ login, me }, { middleware: [sessions] });
