import { dependency, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

/** Parameters that several operations share. */
const common = dependency
  .input({ q: z.string().optional(), skip: z.int().default(0), limit: z.int().default(100) })
  .resolve(({ input }) => input);

const Common = z.object({ q: z.string().nullable(), skip: z.int(), limit: z.int() });

const shared = procedure.use({ common });

const items = {
  list: shared
    .route("GET /items/")
    .output(Common)
    .query(({ common: { q = null, ...page } }) => ({ q, ...page })),
};
const users = {
  list: shared
    .route("GET /users/")
    .output(Common)
    .query(({ common: { q = null, ...page } }) => ({ q, ...page })),
};

export const routes = {
  items: router(items, { prefix: "" }),
  users: router(users, { prefix: "" }),
};

export const app = createApp(routes, { semantics: fastapi() });
