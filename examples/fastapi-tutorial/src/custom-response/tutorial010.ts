import { html, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";

const items = {
  list: procedure
    .route("GET /items/")
    .output(html())
    .query(() => "<h1>Items</h1><p>This is a list of items.</p>"),
};

export const routes = { items: router(items, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
