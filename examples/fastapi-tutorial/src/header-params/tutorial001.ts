import { header, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const items = {
  list: procedure
    .route("GET /items/")
    .input({ agent: header("user-agent", z.string().optional()) })
    .output({ "User-Agent": z.string().nullable() })
    .query(({ input: { agent = null } }) => ({ "User-Agent": agent })),
};

export const routes = { items: router(items, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
