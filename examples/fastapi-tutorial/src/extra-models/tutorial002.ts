import { body, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const UserBase = z.object({
  username: z.string(),
  email: z.email(),
  full_name: z.string().nullable().default(null),
});
const UserIn = UserBase.extend({ password: z.string() }).meta({ id: "UserIn" });
const UserOut = UserBase.meta({ id: "UserOut" });

const saved: (z.infer<typeof UserOut> & { readonly hashed_password: string })[] = [];

const users = {
  add: procedure
    .route("POST /user/")
    .input({ user: body(UserIn) })
    .output(UserOut)
    .mutation(({ input: { user } }) => {
      const { password, ...rest } = user;
      const stored = { ...rest, hashed_password: `supersecret${password}` };
      saved.push(stored);
      return stored;
    }),
};

export const routes = { users: router(users, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
