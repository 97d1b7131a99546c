import { form, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const FormData = z.object({ username: z.string(), password: z.string() }).meta({ id: "FormData" });

const routes = {
  login: procedure
    .route("POST /login/")
    .input({ data: form(FormData) })
    .output(FormData)
    .mutation(({ input }) => input.data),
};

export const app = createApp({ root: router(routes, { prefix: "" }) }, { semantics: fastapi() });
