import { body, procedure, query } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";
import { Item } from "../body/item.schema.ts";

const items = {
  change: procedure
    .route("PUT /{item_id}")
    .input({ item_id: z.int(), item: body(Item), q: query(z.string().optional()) })
    .output(z.object({ item_id: z.int(), ...Item.shape, q: z.string().optional() }))
    .mutation(({ input: { item_id, item, q } }) => ({ item_id, ...item, ...(q ? { q } : {}) })),
};

export const routes = { items };

export const app = createApp(routes, { semantics: fastapi() });
