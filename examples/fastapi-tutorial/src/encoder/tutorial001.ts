import { body, procedure } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";
import { encode } from "@tenon/core";

const Item = z
  .object({
    title: z.string(),
    timestamp: z.date(),
    description: z.string().nullable().default(null),
  })
  .meta({ id: "Item" });

const stored = new Map<string, unknown>();

const items = {
  // What is stored is what would be sent: encode() makes plain JSON of a value.
  store: procedure
    .route("PUT /{id}")
    .input({ id: z.string(), item: body(Item) })
    .output(z.null())
    .mutation(({ input: { id, item } }) => {
      stored.set(id, encode(Item, item));
      return null;
    }),
};

export const routes = { items };

export const app = createApp(routes, { semantics: fastapi() });
