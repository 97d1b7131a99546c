import { header, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const items = {
  list: procedure
    .route("GET /items/")
    .input({ tokens: header("x-token", z.array(z.string()).optional()) })
    .output({ "X-Token values": z.array(z.string()).nullable() })
    .query(({ input: { tokens = null } }) => ({ "X-Token values": tokens })),
};

export const routes = { items: router(items, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
