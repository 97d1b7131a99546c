import { header, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const items = {
  list: procedure
    .route("GET /items/")
    .input({ strange_header: header("strange_header", z.string().optional()) })
    .output({ strange_header: z.string().nullable() })
    .query(({ input: { strange_header = null } }) => ({ strange_header })),
};

export const routes = { items: router(items, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
