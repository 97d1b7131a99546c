import { procedure } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";
import { Item } from "../body/item.schema.ts";

const User = z
  .object({ username: z.string(), full_name: z.string().nullable().default(null) })
  .meta({ id: "User" });

const items = {
  change: procedure
    .route("PUT /{item_id}")
    .input({ item_id: z.int(), item: Item, user: User })
    .output({ item_id: z.int(), item: Item, user: User })
    .mutation(({ input }) => input),
};

export const routes = { items };

export const app = createApp(routes, { semantics: fastapi() });
