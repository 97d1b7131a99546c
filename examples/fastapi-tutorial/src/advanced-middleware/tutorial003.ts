import { procedure, router, text } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { compress } from "@tenon/server/middleware";
import { z } from "zod";

const root = {
  main: procedure
    .route("GET /")
    .output(z.string())
    .query(() => "somebigcontent"),
  large: procedure
    .route("GET /large")
    .output(text())
    .query(() => "x".repeat(4000)),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, {
  semantics: fastapi(),
  middleware: [compress({ min: 1000, algorithms: ["gzip"] })],
});
