import { procedure } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";
import { Item } from "../body/item.schema.ts";

const items = {
  change: procedure
    .route("PUT /{item_id}")
    .input({ item_id: z.int(), item: Item })
    .output({ item_id: z.int(), item: Item })
    .mutation(({ input }) => input),
};

export const routes = { items };

export const app = createApp(routes, { semantics: fastapi() });
