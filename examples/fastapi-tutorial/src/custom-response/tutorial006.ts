import { procedure, redirect, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";

const root = {
  list: procedure
    .route("GET /typer")
    .output(redirect(307))
    .query(() => "https://typer.tiangolo.com"),
};

export const routes = { root: router(root, { prefix: "" }) };

// FastAPI knows nothing of a Response that a handler returns; its document says 200, any JSON.
export const app = createApp(routes, { semantics: fastapi({ undescribed: ["root.list"] }) });
