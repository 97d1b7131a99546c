import { createHmac, scryptSync, timingSafeEqual } from "node:crypto";
import { dependency, form, procedure, router, security, unauthenticated } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const SECRET = "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7";
const MINUTES = 30;

const User = z
  .object({ username: z.string(), email: z.string(), full_name: z.string(), disabled: z.boolean() })
  .meta({ id: "User" });
const Token = z.object({ access_token: z.string(), token_type: z.string() }).meta({ id: "Token" });

const stored = new Map([
  [
    "johndoe",
    {
      username: "johndoe",
      full_name: "John Doe",
      email: "johndoe@example.com",
      disabled: false,
      password: hash("secret", "johndoe"),
    },
  ],
]);

function hash(password: string, salt: string): Buffer {
  return scryptSync(password, salt, 32);
}

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");
const signature = (text: string): Buffer => createHmac("sha256", SECRET).update(text).digest();

/** A JWT (RFC 7519), signed with HS256. */
function sign(sub: string): string {
  const claims = { sub, exp: Math.floor(Date.now() / 1000) + MINUTES * 60 };
  const text = `${encoded({ alg: "HS256", typ: "JWT" })}.${encoded(claims)}`;
  return `${text}.${signature(text).toString("base64url")}`;
}

const Claims = z.object({ sub: z.string(), exp: z.number() });

/** Whom a token names; undefined where it is none of ours, or over. */
function verify(token: string): string | undefined {
  const [head = "", claims = "", signed = ""] = token.split(".");
  const given = Buffer.from(signed, "base64url");
  const expected = signature(`${head}.${claims}`);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    return undefined;
  }
  const read = Claims.safeParse(JSON.parse(Buffer.from(claims, "base64url").toString()));
  return read.success && read.data.exp * 1000 > Date.now() ? read.data.sub : undefined;
}

const token = security.oauth2({ flows: { password: { tokenUrl: "token" } } });

const activeUser = dependency
  .use({ token })
  .errors({ INACTIVE_USER: { status: 400 } })
  .resolve(({ token, errors }) => {
    const user = stored.get(verify(token) ?? "");
    if (user === undefined) {
      throw unauthenticated({ detail: "Could not validate credentials", challenge: "Bearer" });
    }
    if (user.disabled) {
      throw errors.INACTIVE_USER({ detail: "Inactive user" });
    }
    return user;
  });

const root = {
  login: procedure
    .route("POST /token")
    .input({ username: form(z.string()), password: form(z.string()) })
    .output(Token)
    .errors({
      WRONG_CREDENTIALS: { status: 401, headers: { "www-authenticate": "What would do." } },
    })
    .mutation(({ input: { username, password }, errors }) => {
      const user = stored.get(username);
      // A name that nobody has takes as long as a wrong password.
      const given = hash(password, username);
      return user !== undefined && timingSafeEqual(given, user.password)
        ? { access_token: sign(username), token_type: "bearer" }
        : errors.WRONG_CREDENTIALS({
            detail: "Incorrect username or password",
            headers: { "www-authenticate": "Bearer" },
          });
    }),
  me: procedure
    .use({ user: activeUser })
    .route("GET /users/me/")
    .output(User)
    .query(({ user }) => user),
  items: procedure
    .use({ user: activeUser })
    .route("GET /users/me/items/")
    .output(z.array(z.object({ item_id: z.string(), owner: z.string() })))
    .query(({ user }) => [{ item_id: "Foo", owner: user.username }]),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
