import { procedure } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const items = {
  read: procedure
    .route("GET /{item_id}")
    .input({ item_id: z.string(), q: z.string().optional(), short: z.boolean().default(false) })
    .output({ item_id: z.string(), q: z.string().optional(), description: z.string().optional() })
    .query(({ input: { item_id, q, short } }) => ({
      item_id,
      ...(q === undefined ? {} : { q }),
      ...(short ? {} : { description: "This is an amazing item that has a long description" }),
    })),
};

export const routes = { items };

export const app = createApp(routes, { semantics: fastapi() });
