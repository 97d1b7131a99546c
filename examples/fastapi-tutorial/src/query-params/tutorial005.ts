import { procedure } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const items = {
  read: procedure
    .route("GET /{item_id}")
    .input({ item_id: z.string(), needy: z.string() })
    .output({ item_id: z.string(), needy: z.string() })
    .query(({ input }) => input),
};

export const routes = { items };

export const app = createApp(routes, { semantics: fastapi() });
