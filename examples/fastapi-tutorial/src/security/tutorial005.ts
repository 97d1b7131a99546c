import { createHmac, scryptSync, timingSafeEqual } from "node:crypto";
import { dependency, oauth2PasswordForm, procedure, router, security, unauthenticated } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const SECRET = "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7";
const MINUTES = 30;

const User = z
  .object({ username: z.string(), email: z.string(), full_name: z.string(), disabled: z.boolean() })
  .meta({ id: "User" });
const Token = z.object({ access_token: z.string(), token_type: z.string() }).meta({ id: "Token" });

const hash = (password: string, salt: string): Buffer => scryptSync(password, salt, 32);
const person = (username: string, full_name: string, password: string, disabled: boolean) => {
  const email = `${username}@example.com`;
  return [username, { username, full_name, email, disabled, password: hash(password, username) }] as const;
};
const stored = new Map([
  person("johndoe", "John Doe", "secret", false),
  person("alice", "Alice Chains", "secretalice", true),
]);

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");
const signature = (text: string): Buffer => createHmac("sha256", SECRET).update(text).digest();

/** A JWT (RFC 7519), signed with HS256. */
function sign(sub: string, scope: string): string {
  const claims = { sub, scope, exp: Math.floor(Date.now() / 1000) + MINUTES * 60 };
  const text = `${encoded({ alg: "HS256", typ: "JWT" })}.${encoded(claims)}`;
  return `${text}.${signature(text).toString("base64url")}`;
}

const Claims = z.object({ sub: z.string(), scope: z.string().default(""), exp: z.number() });

/** What a token says; undefined where it is none of ours, or over. */
function verify(token: string): z.infer<typeof Claims> | undefined {
  const [head = "", claims = "", signed = ""] = token.split(".");
  const given = Buffer.from(signed, "base64url");
  const expected = signature(`${head}.${claims}`);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    return undefined;
  }
  const read = Claims.safeParse(JSON.parse(Buffer.from(claims, "base64url").toString()));
  return read.success && read.data.exp * 1000 > Date.now() ? read.data : undefined;
}

const token = security.oauth2({
  flows: { password: { tokenUrl: "token" } },
  scopes: { me: "Read information about the current user.", items: "Read items." },
});

/** Whom the token names, where it carries all scopes that the operation and its dependencies ask for. */
const user = dependency.use({ token }).resolve(({ token, ctx }) => {
  const challenge = ctx.scopes.length === 0 ? "Bearer" : `Bearer scope="${ctx.scopes.join(" ")}"`;
  const claims = verify(token);
  const found = stored.get(claims?.sub ?? "");
  if (claims === undefined || found === undefined) {
    throw unauthenticated({ detail: "Could not validate credentials", challenge });
  }
  const granted = claims.scope.split(" ");
  if (!ctx.scopes.every((scope) => granted.includes(scope))) {
    // FastAPI's example says 401; requireScopes(ctx, granted) would say 403.
    throw unauthenticated({ detail: "Not enough permissions", challenge });
  }
  return found;
});

const activeUser = dependency
  .use({ token, user })
  .scopes("me")
  .errors({ INACTIVE_USER: { status: 400 } })
  .resolve(({ user, errors }) => (user.disabled ? errors.INACTIVE_USER({ detail: "Inactive user" }) : user));

const root = {
  login: procedure
    .route("POST /token")
    .status(200)
    .input(oauth2PasswordForm)
    .output(Token)
    .errors({ WRONG_CREDENTIALS: { status: 400 } })
    .mutation(({ input: { username, password, scopes }, errors }) => {
      const known = stored.get(username);
      // A name that nobody has takes as long as a wrong password.
      const given = hash(password, username);
      return known !== undefined && timingSafeEqual(given, known.password)
        ? { access_token: sign(username, scopes.join(" ")), token_type: "bearer" }
        : errors.WRONG_CREDENTIALS({ detail: "Incorrect username or password" });
    }),
  me: procedure
    .use({ user: activeUser })
    .route("GET /users/me/")
    .output(User)
    .query(({ user }) => user),
  items: procedure
    .use({ user: activeUser })
    .scopes("items")
    .route("GET /users/me/items/")
    .output(z.array(z.object({ item_id: z.string(), owner: z.string() })))
    .query(({ user }) => [{ item_id: "Foo", owner: user.username }]),
  status: procedure
    .guard(user)
    .route("GET /status/")
    .output({ status: z.string() })
    .query(() => ({ status: "ok" })),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
