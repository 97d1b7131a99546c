import { dependency, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

type Model = (x: number) => number;

/** Loaded before the first request, let go when the application stops. */
const models = dependency.scope("app").resolve(async function* () {
  const loaded = new Map<string, Model>([["answer_to_everything", (x) => x * 42]]);
  yield loaded;
  loaded.clear();
});

const root = {
  predict: procedure
    .use({ models })
    .route("GET /predict")
    .input({ x: z.number() })
    .output({ result: z.number() })
    .query(({ input, models }) => ({ result: (models.get("answer_to_everything") as Model)(input.x) })),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
