import { procedure } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const items = {
  read: procedure
    .route("GET /{item_id}")
    .input({ item_id: z.int().gt(0).max(1000).meta({ title: "The ID of the item to get" }), q: z.string() })
    .output({ item_id: z.int(), q: z.string().optional() })
    .query(({ input: { item_id, q } }) => (q ? { item_id, q } : { item_id })),
};

export const routes = { items };

export const app = createApp(routes, { semantics: fastapi() });
