import { procedure, redirect, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";

const routes = {
  pydantic: procedure
    .route("GET /pydantic")
    .output(redirect(302))
    .query(() => "https://docs.pydantic.dev/"),
};

export const app = createApp({ root: router(routes, { prefix: "" }) }, { semantics: fastapi() });
