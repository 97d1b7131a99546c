import { procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const weights = {
  read: procedure
    .route("GET /keyword-weights/")
    .output(z.record(z.string(), z.number()))
    .query(() => ({ foo: 2.3, bar: 3.4 })),
};

export const routes = { weights: router(weights, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
