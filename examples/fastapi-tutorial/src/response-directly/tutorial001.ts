import { body, procedure } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const Item = z
  .object({
    title: z.string(),
    // A moment as it was written, with or without an offset.
    timestamp: z.iso.datetime({ local: true, offset: true }),
    description: z.string().nullable().default(null),
  })
  .meta({ id: "Item" });

const items = {
  change: procedure
    .route("PUT /{id}")
    .input({ id: z.string(), item: body(Item) })
    .output(Item)
    .mutation(({ input }) => input.item),
};

export const routes = { items };

export const app = createApp(routes, { semantics: fastapi() });
