import { procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const root = {
  root: procedure
    .route("GET /")
    .output({ message: z.string() })
    .query(() => ({ message: "Hello World" })),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
