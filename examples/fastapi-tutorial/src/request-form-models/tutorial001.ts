import { form, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const FormData = z.object({ username: z.string(), password: z.string() }).meta({ id: "FormData" });

const root = {
  login: procedure
    .route("POST /login/")
    .input({ data: form(FormData) })
    .output(FormData)
    .mutation(({ input }) => input.data),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
