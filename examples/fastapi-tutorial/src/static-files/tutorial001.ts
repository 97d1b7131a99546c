import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { staticFiles } from "@tenon/server/static";

export const routes = {};

export const app = createApp(routes, {
  semantics: fastapi(),
  mounts: { "/static": staticFiles({ dir: "static" }) },
});
