import { procedure, router, text } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";

const root = {
  list: procedure
    .route("GET /")
    .output(text())
    .query(() => "Hello World"),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
