import { cookie, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const items = {
  list: procedure
    .route("GET /items/")
    .input({ ads_id: cookie("ads_id", z.string().optional()) })
    .output({ ads_id: z.string().nullable() })
    .query(({ input: { ads_id = null } }) => ({ ads_id })),
};

export const routes = { items: router(items, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
