import { body, procedure } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const Image = z.object({ url: z.url({ protocol: /^https?$/ }), name: z.string() }).meta({ id: "Image" });

const Item = z
  .object({
    name: z.string(),
    description: z.string().nullable().default(null),
    price: z.number(),
    tax: z.number().nullable().default(null),
    tags: z.set(z.string()).default(new Set()),
    image: Image.nullable().default(null),
  })
  .meta({ id: "Item" });

const items = {
  change: procedure
    .route("PUT /{item_id}")
    .input({ item_id: z.int(), item: body(Item) })
    .output({ item_id: z.int(), item: Item })
    .mutation(({ input }) => input),
};

export const routes = { items };

export const app = createApp(routes, { semantics: fastapi() });
