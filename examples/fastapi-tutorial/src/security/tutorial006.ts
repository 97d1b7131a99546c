import { procedure, router, security } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const root = {
  me: procedure
    .use({ credential: security.basic({ challenge: "Basic" }) })
    .route("GET /users/me")
    .output({ username: z.string(), password: z.string() })
    .query(({ credential }) => credential),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
