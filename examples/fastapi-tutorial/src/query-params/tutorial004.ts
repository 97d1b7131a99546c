import { procedure } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const users = {
  item: procedure
    .route("GET /{user_id}/items/{item_id}")
    .input({
      user_id: z.int(),
      item_id: z.string(),
      q: z.string().optional(),
      short: z.boolean().default(false),
    })
    .output({
      item_id: z.string(),
      owner_id: z.int(),
      q: z.string().optional(),
      description: z.string().optional(),
    })
    .query(({ input: { user_id, item_id, q, short } }) => ({
      item_id,
      owner_id: user_id,
      ...(q ? { q } : {}),
      ...(short ? {} : { description: "This is an amazing item that has a long description" }),
    })),
};

export const routes = { users };

export const app = createApp(routes, { semantics: fastapi() });
