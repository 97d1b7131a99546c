import { dependency, procedure, security } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const User = z
  .object({
    username: z.string(),
    email: z.string().nullable(),
    full_name: z.string().nullable(),
    disabled: z.boolean().nullable(),
  })
  .meta({ id: "User" });

const token = security.oauth2({ flows: { password: { tokenUrl: "token" } } });

/** Whom a token stands for; here it stands for whoever it says. */
const user = dependency.use({ token }).resolve(({ token }) => ({
  username: `${token}fakedecoded`,
  email: "john@example.com",
  full_name: "John Doe",
  disabled: null,
}));

const users = {
  me: procedure
    .use({ user })
    .route("GET /me")
    .output(User)
    .query(({ user }) => user),
};

export const routes = { users };

export const app = createApp(routes, { semantics: fastapi() });
