import { procedure } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const items = {
  read: procedure
    .route("GET /{item_id}")
    .input({
      item_id: z.string(),
      needy: z.string(),
      skip: z.int().default(0),
      limit: z.int().optional(),
    })
    .output({ item_id: z.string(), needy: z.string(), skip: z.int(), limit: z.int().nullable() })
    .query(({ input: { limit = null, ...rest } }) => ({ ...rest, limit })),
};

export const routes = { items };

export const app = createApp(routes, { semantics: fastapi() });
