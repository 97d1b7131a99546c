/** Recipe: signing in with somebody else's account: OAuth's authorization code with state and PKCE (RFC 6749, 4.1; RFC 7636). */
import { createHash, randomBytes } from "node:crypto";
import {
  dependency,
  procedure,
  query,
  redirect,
  router,
  sameSecret,
  security,
  unauthenticated,
} from "@tenon/core";
import { createApp } from "@tenon/server";
import { memorySessions, session } from "@tenon/server/middleware";
import { z } from "zod";

interface Visit {
  /** Of a login that is under way. */
  state: string;
  verifier: string;
  name: string;
}

const sessions = session<Visit>({
  secrets: [process.env["SESSION_SECRET"] ?? crypto.randomUUID() + crypto.randomUUID()],
  store: memorySessions(),
});

/** Who vouches for people. */
export const provider = dependency.scope("app").resolve(() => ({
  authorize: "https://login.example/authorize",
  token: "https://login.example/token",
  userinfo: "https://login.example/userinfo",
  clientId: "notes",
  redirectUri: "https://notes.example/login/callback",
  fetch: (request: Request): Promise<Response> => fetch(request),
}));

const random = (): string => randomBytes(32).toString("base64url");
const Token = z.object({ access_token: z.string() });
const Person = z.object({ sub: z.string() });

const login = {
  // #region start
  /** GET /login: to the provider. What the callback has to know stays in the session. */
  start: procedure
    .use({ provider })
    .route("GET /login")
    .output(redirect(303))
    .query(({ provider: { authorize, clientId, redirectUri }, ctx }) => {
      const [state, verifier] = [random(), random()];
      sessions.of(ctx).set("state", state);
      sessions.of(ctx).set("verifier", verifier);
      const target = new URL(authorize);
      target.search = new URLSearchParams({
        response_type: "code",
        client_id: clientId,
        redirect_uri: redirectUri,
        scope: "openid",
        state,
        code_challenge: createHash("sha256").update(verifier).digest("base64url"),
        code_challenge_method: "S256",
      }).toString();
      return target;
    }),
  // #endregion
  // #region callback
  /** GET /login/callback: from the provider. A state is good once, and only in the browser that began. */
  callback: procedure
    .use({ provider })
    .route("GET /login/callback")
    .input({ code: query(z.string().max(2000)), state: query(z.string().max(100)) })
    .output(redirect(303))
    .errors({ LOGIN_FAILED: { status: 400 } })
    .query(
      async ({ input, provider: { token, userinfo, clientId, redirectUri, fetch: ask }, ctx, errors }) => {
        const own = sessions.of(ctx);
        const [state, verifier] = [own.get("state"), own.get("verifier")];
        own.delete("state");
        own.delete("verifier");
        if (state === undefined || verifier === undefined || !sameSecret(input.state, state)) {
          return errors.LOGIN_FAILED();
        }
        const body = new URLSearchParams({
          grant_type: "authorization_code",
          code: input.code,
          redirect_uri: redirectUri,
          client_id: clientId,
          code_verifier: verifier,
        });
        const given = await ask(new Request(token, { method: "POST", body, signal: ctx.signal }));
        if (!given.ok) {
          return errors.LOGIN_FAILED();
        }
        const { access_token: access } = Token.parse(await given.json());
        const headers = { authorization: `Bearer ${access}` };
        const person = await ask(new Request(userinfo, { headers, signal: ctx.signal }));
        own.regenerate();
        own.set("name", Person.parse(await person.json()).sub);
        return "/me";
      },
    ),
  // #endregion
};

const cookie = security.apiKey({ in: "cookie", key: "__Host-session", name: "session" });
const currentUser = dependency
  .use({ cookie })
  .resolve(({ ctx }) => sessions.of(ctx).get("name") ?? unauthenticated());

const me = {
  read: procedure
    .use({ name: currentUser })
    .output(z.string())
    .query(({ name }) => name),
};

/** Says who has signed in elsewhere. */
export const app = createApp({ login: router(login, { prefix: "" }), me }, { middleware: [sessions] });
