import { body, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const User = z
  .object({
    username: z.string(),
    password: z.string(),
    email: z.email(),
    full_name: z.string().nullable().default(null),
  })
  .meta({ id: "UserIn" });

const users = {
  // Never answer with a password as it came.
  add: procedure
    .route("POST /user/")
    .input({ user: body(User) })
    .output(User)
    .mutation(({ input }) => input.user),
};

export const routes = { users: router(users, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
