import { procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const items = {
  list: procedure
    .route("GET /items/")
    .output(z.array(z.object({ name: z.string() })))
    .query(() => [{ name: "Foo" }]),
};

export const routes = { items: router(items, { prefix: "" }) };

export const app = createApp(routes, {
  semantics: fastapi(),
  info: {
    title: "Custom title",
    version: "2.5.0",
    summary: "This is a very custom OpenAPI schema",
    description: "Here's a longer description of the custom **OpenAPI** schema",
  },
  transform: (document) => ({
    ...document,
    info: {
      ...document.info,
      "x-logo": { url: "https://fastapi.tiangolo.com/img/logo-margin/logo-teal.png" },
    },
  }),
});
