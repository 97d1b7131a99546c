import { procedure, router, security } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const token = security.oauth2({ flows: { password: { tokenUrl: "token" } } });

const items = {
  list: procedure
    .use({ token })
    .route("GET /items/")
    .output({ token: z.string() })
    .query(({ token }) => ({ token })),
};

export const routes = { items: router(items, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
