import { body, procedure, query } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";
import { Item } from "../body/item.schema.ts";

const items = {
  change: procedure
    .route("PUT /{item_id}")
    .input({
      item_id: z.int().min(0).max(1000).meta({ title: "The ID of the item to get" }),
      q: query(z.string().optional()),
      item: body(Item.nullable().optional()),
    })
    .output({ item_id: z.int(), q: z.string().optional(), item: Item.optional() })
    .mutation(({ input: { item_id, q, item } }) => ({
      item_id,
      ...(q === undefined ? {} : { q }),
      ...(item === undefined || item === null ? {} : { item }),
    })),
};

export const routes = { items };

export const app = createApp(routes, { semantics: fastapi() });
