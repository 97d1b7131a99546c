import { procedure, query, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const FilterParams = z.strictObject({
  limit: z.int().gt(0).max(100).default(100),
  offset: z.int().min(0).default(0),
  order_by: z.enum(["created_at", "updated_at"]).default("created_at"),
  tags: z.array(z.string()).default([]),
});

const items = {
  list: procedure
    .route("GET /items/")
    .input({ filter: query(FilterParams) })
    .output(FilterParams)
    .query(({ input }) => input.filter),
};

export const routes = { items: router(items, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
