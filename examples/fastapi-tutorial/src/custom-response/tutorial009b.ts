import { download, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";

const root = {
  list: procedure
    .route("GET /")
    .output(download("video/mp4"))
    .query(() => ({ path: "large-video-file.mp4", disposition: "inline" })),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
