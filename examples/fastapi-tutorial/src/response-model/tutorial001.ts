import { body, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const Item = z
  .object({
    name: z.string(),
    description: z.string().nullable().default(null),
    price: z.number(),
    tax: z.number().nullable().default(null),
    tags: z.array(z.string()).default([]),
  })
  .meta({ id: "Item" });

const items = {
  add: procedure
    .route("POST /items/")
    .input({ item: body(Item) })
    .output(Item)
    .mutation(({ input }) => input.item),
  list: procedure
    .route("GET /items/")
    .output(z.array(Item))
    .query(() => [
      { name: "Portal Gun", price: 42, description: null, tax: null, tags: [] },
      { name: "Plumbus", price: 32, description: null, tax: null, tags: [] },
    ]),
};

export const routes = { items: router(items, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
