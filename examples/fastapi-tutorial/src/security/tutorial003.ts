import { dependency, form, procedure, router, security, unauthenticated } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const User = z
  .object({
    username: z.string(),
    email: z.string(),
    full_name: z.string(),
    disabled: z.boolean(),
    hashed_password: z.string(),
  })
  .meta({ id: "User" });
type User = z.infer<typeof User>;

const stored: ReadonlyMap<string, User> = new Map([
  [
    "johndoe",
    {
      username: "johndoe",
      full_name: "John Doe",
      email: "johndoe@example.com",
      hashed_password: "fakehashedsecret",
      disabled: false,
    },
  ],
  [
    "alice",
    {
      username: "alice",
      full_name: "Alice Wonderson",
      email: "alice@example.com",
      hashed_password: "fakehashedsecret2",
      disabled: true,
    },
  ],
]);

const token = security.oauth2({ flows: { password: { tokenUrl: "token" } } });

const activeUser = dependency
  .use({ token })
  .errors({ INACTIVE_USER: { status: 400 } })
  .resolve(({ token, errors }) => {
    const user = stored.get(token);
    if (user === undefined) {
      throw unauthenticated({ challenge: "Bearer" });
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
    .output({ access_token: z.string(), token_type: z.string() })
    .errors({ WRONG_CREDENTIALS: { status: 400 } })
    .mutation(({ input, errors }) => {
      const user = stored.get(input.username);
      return user === undefined || user.hashed_password !== `fakehashed${input.password}`
        ? errors.WRONG_CREDENTIALS({ detail: "Incorrect username or password" })
        : { access_token: user.username, token_type: "bearer" };
    }),
  me: procedure
    .use({ user: activeUser })
    .route("GET /users/me")
    .output(User)
    .query(({ user }) => user),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
