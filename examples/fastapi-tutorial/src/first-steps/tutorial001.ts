import { procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const routes = {
  root: procedure
    .route("GET /")
    .output({ message: z.string() })
    .query(() => ({ message: "Hello World" })),
};

export const app = createApp({ root: router(routes, { prefix: "" }) }, { semantics: fastapi() });
