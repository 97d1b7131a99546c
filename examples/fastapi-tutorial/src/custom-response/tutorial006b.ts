import { procedure, redirect, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";

const root = {
  list: procedure
    .route("GET /fastapi")
    .output(redirect(307))
    .query(() => "https://fastapi.tiangolo.com"),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
