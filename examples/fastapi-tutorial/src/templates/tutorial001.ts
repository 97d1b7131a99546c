import { fileURLToPath } from "node:url";
import { html, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { staticFiles } from "@tenon/server/static";
import { page, templates } from "@tenon/server/templates";
import { z } from "zod";

const folder = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const views = templates({ dir: folder("templates"), pages: { item: page<{ id: string }>() } });

const root = {
  readItem: procedure
    .route("GET /items/{id}")
    .input({ id: z.string() })
    .output(html())
    .query(({ input, ctx }) => views.render(ctx, "item", input)),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, {
  semantics: fastapi(),
  // FastAPI's url_for is absolute by the Host of the request; here the application says what it is called.
  publicUrl: "http://testserver",
  mounts: { "/static": staticFiles({ dir: folder("static") }) },
});
