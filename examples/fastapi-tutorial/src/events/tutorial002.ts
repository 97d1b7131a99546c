import { appendFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dependency, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const LOG = join(tmpdir(), "tutorial-log.txt");

const items = dependency.scope("app").resolve(async function* () {
  yield [{ name: "Foo" }];
  await appendFile(LOG, "Application shutdown");
});

const root = {
  list: procedure
    .use({ items })
    .route("GET /items/")
    .output(z.array(z.object({ name: z.string() })))
    .query(({ items }) => items),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
