import { procedure, query, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const items = {
  add: procedure
    .route("POST /items/")
    .input({ name: query(z.string()) })
    .output({ name: z.string() })
    .status(201)
    .mutation(({ input }) => input),
};

export const routes = { items: router(items, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
