import { body, procedure } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";
import { Item as PlainItem } from "../body/item.schema.ts";

const Item = PlainItem.meta({
  id: "Item",
  examples: [{ name: "Foo", description: "A very nice Item", price: 35.4, tax: 3.2 }],
});

const items = {
  change: procedure
    .route("PUT /{item_id}")
    .input({ item_id: z.int(), item: body(Item) })
    .output({ item_id: z.int(), item: Item })
    .mutation(({ input }) => input),
};

export const routes = { items };

export const app = createApp(routes, { semantics: fastapi() });
