import { procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const items = {
  read: procedure
    .route("GET /{item_id}")
    .input({ item_id: z.string() })
    .output({ item_id: z.string() })
    .query(({ input }) => input),
};

export const routes = { items: router(items) };

export const app = createApp(routes, { semantics: fastapi() });
