import { body, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const root = {
  sum: procedure
    .route("POST /")
    .input({ numbers: body(z.array(z.int())) })
    .output(z.int())
    .mutation(({ input }) => input.numbers.reduce((sum, each) => sum + each, 0)),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, {
  semantics: fastapi({
    validationError: (errors, _problem, body) => ({ detail: { errors, body } }),
  }),
});
