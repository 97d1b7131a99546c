import { dependency, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

/** Parameters that several operations share. */
const common = dependency
  .input({ q: z.string().optional(), skip: z.int().default(0), limit: z.int().default(100) })
  .resolve(({ input }) => input);

const stored = [{ item_name: "Foo" }, { item_name: "Bar" }, { item_name: "Baz" }];

const items = {
  list: procedure
    .route("GET /items/")
    .use({ common })
    .output({ q: z.string().optional(), items: z.array(z.object({ item_name: z.string() })) })
    .query(({ common: { q, skip, limit } }) => ({
      ...(q ? { q } : {}),
      items: stored.slice(skip, skip + limit),
    })),
};

export const routes = { items: router(items, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
