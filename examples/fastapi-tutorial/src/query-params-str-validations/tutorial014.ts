import { procedure, query, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const items = {
  list: procedure
    .route("GET /items/")
    .input({ hidden_query: query(z.string().optional(), { hidden: true }) })
    .output({ hidden_query: z.string() })
    .query(({ input: { hidden_query } }) => ({ hidden_query: hidden_query || "Not found" })),
};

export const routes = { items: router(items, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
