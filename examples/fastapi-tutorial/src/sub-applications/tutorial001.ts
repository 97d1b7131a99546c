import { procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const inner = {
  sub: procedure
    .route("GET /sub")
    .output({ message: z.string() })
    .query(() => ({ message: "Hello World from sub API" })),
};
const sub = createApp({ inner: router(inner, { prefix: "" }) }, { semantics: fastapi() });

const root = {
  main: procedure
    .route("GET /app")
    .output({ message: z.string() })
    .query(() => ({ message: "Hello World from main app" })),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi(), mounts: { "/subapi": sub } });
