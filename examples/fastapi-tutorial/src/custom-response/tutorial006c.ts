import { procedure, redirect, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";

const root = {
  pydantic: procedure
    .route("GET /pydantic")
    .output(redirect(302))
    .query(() => "https://docs.pydantic.dev/"),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
