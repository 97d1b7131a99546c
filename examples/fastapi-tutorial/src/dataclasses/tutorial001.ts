import { body, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { Item } from "../body/item.schema.ts";

const items = {
  add: procedure
    .route("POST /items/")
    .input({ item: body(Item) })
    .output(Item)
    .mutation(({ input }) => input.item),
};

export const routes = { items: router(items, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
