import { form, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const root = {
  login: procedure
    .route("POST /login/")
    .input({ username: form(z.string()), password: form(z.string()) })
    .output({ username: z.string() })
    .mutation(({ input: { username } }) => ({ username })),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
