import { procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const root = {
  readMain: procedure
    .route("GET /app")
    .output(z.unknown())
    // The path below which the caller finds the application.
    .query(({ ctx }) => ({ message: "Hello World", root_path: ctx.url.pathname.replace(/\/app$/, "") })),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, {
  semantics: fastapi(),
  basePath: "/api/v1",
  // What is named takes the place of the base path, so that it is named as well.
  servers: [
    { url: "/api/v1" },
    { url: "https://stag.example.com", description: "Staging environment" },
    { url: "https://prod.example.com", description: "Production environment" },
  ],
});
