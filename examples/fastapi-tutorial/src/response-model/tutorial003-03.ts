import { procedure, redirect, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";

const portal = {
  teleport: procedure
    .route("GET /teleport")
    .output(redirect(307))
    .query(() => "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
};

export const routes = { portal: router(portal, { prefix: "" }) };

// FastAPI knows nothing of a Response that a handler returns; its document says 200, any JSON.
export const app = createApp(routes, { semantics: fastapi({ undescribed: ["portal.teleport"] }) });
