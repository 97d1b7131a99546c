import { procedure } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const items = {
  read: procedure
    .route("GET /{item_id}")
    .input({
      item_id: z.int().min(0).max(1000).meta({ title: "The ID of the item to get" }),
      q: z.string(),
      size: z.number().gt(0).lt(10.5),
    })
    .output({ item_id: z.int(), q: z.string().optional(), size: z.number().optional() })
    .query(({ input: { item_id, q, size } }) => ({
      item_id,
      ...(q ? { q } : {}),
      ...(size ? { size } : {}),
    })),
};

export const routes = { items };

export const app = createApp(routes, { semantics: fastapi() });
