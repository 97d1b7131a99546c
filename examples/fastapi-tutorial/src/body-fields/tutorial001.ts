import { procedure } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const Item = z
  .object({
    name: z.string(),
    description: z.string().max(300).nullable().default(null).meta({ title: "The description of the item" }),
    price: z.number().gt(0).meta({ description: "The price must be greater than zero" }),
    tax: z.number().nullable().default(null),
  })
  .meta({ id: "Item" });

const items = {
  // A key that has no other place is a key of the body: `{ "item": … }`.
  change: procedure
    .route("PUT /{item_id}")
    .input({ item_id: z.int(), item: Item })
    .output({ item_id: z.int(), item: Item })
    .mutation(({ input }) => input),
};

export const routes = { items };

export const app = createApp(routes, { semantics: fastapi() });
