import { body, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const BaseUser = z
  .object({ username: z.string(), email: z.email(), full_name: z.string().nullable().default(null) })
  .meta({ id: "BaseUser" });
const UserIn = BaseUser.extend({ password: z.string() }).meta({ id: "UserIn" });

const users = {
  add: procedure
    .route("POST /user/")
    .input({ user: body(UserIn) })
    .output(BaseUser)
    .mutation(({ input }) => input.user),
};

export const routes = { users: router(users, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
