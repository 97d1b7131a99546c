import { procedure } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const Item = z
  .object({
    name: z.string(),
    price: z.number(),
    tags: z.array(z.string()).default([]),
    description: z.string().nullable().default(null),
    tax: z.number().nullable().default(null),
  })
  .meta({ id: "Item" });

const items = {
  next: procedure
    .route("GET /next")
    .output(Item)
    .query(() => ({
      name: "Island In The Moon",
      price: 12.99,
      description: "A place to be playin' and havin' fun",
      tags: ["breater"],
      tax: null,
    })),
};

export const routes = { items };

export const app = createApp(routes, { semantics: fastapi() });
