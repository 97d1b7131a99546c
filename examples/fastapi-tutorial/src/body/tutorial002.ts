import { body, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";
import { Item } from "../body/item.schema.ts";

const items = {
  add: procedure
    .route("POST /items/")
    .input({ item: body(Item) })
    .output(Item.extend({ price_with_tax: z.number().optional() }).meta({ id: "PricedItem" }))
    .mutation(({ input: { item } }) =>
      item.tax === null ? item : { ...item, price_with_tax: item.price + item.tax },
    ),
};

export const routes = { items: router(items, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
