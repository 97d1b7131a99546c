import { body, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

// Keys of JSON are texts; these have to be whole numbers.
const Weights = z.record(z.string().regex(/^-?\d+$/), z.number());

const weights = {
  index: procedure
    .route("POST /index-weights/")
    .input({ weights: body(Weights) })
    .output(Weights)
    .mutation(({ input }) => input.weights),
};

export const routes = { weights: router(weights, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
