import { body, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const Item = z
  .object({ name: z.string(), description: z.string().nullable().default(null) })
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
      { name: "Portal Gun", description: "Device to travel through the multi-rick-verse" },
      { name: "Plumbus", description: null },
    ]),
};

export const routes = { items: router(items, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
