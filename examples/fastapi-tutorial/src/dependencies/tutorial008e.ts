import { dependency, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

/** Closed before the first byte of the reply leaves. */
const username = dependency.scope("call").resolve(async function* () {
  yield "Rick";
});

const root = {
  me: procedure
    .use({ username })
    .route("GET /users/me")
    .output(z.string())
    .query(({ username }) => username),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
