import { procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const items = {
  list: procedure
    .route("GET /items/")
    .input({
      q: z.string().min(3).optional().meta({
        title: "Query string",
        description: "Query string for the items to search in the database that have a good match",
      }),
    })
    .output({ items: z.array(z.object({ item_id: z.string() })), q: z.string().optional() })
    .query(({ input: { q } }) => ({
      items: [{ item_id: "Foo" }, { item_id: "Bar" }],
      ...(q ? { q } : {}),
    })),
};

export const routes = { items: router(items, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
