import { procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const stored = [{ item_name: "Foo" }, { item_name: "Bar" }, { item_name: "Baz" }];

const items = {
  list: procedure
    .route("GET /items/")
    .input({ skip: z.int().default(0), limit: z.int().default(10) })
    .output(z.array(z.object({ item_name: z.string() })))
    .query(({ input: { skip, limit } }) => stored.slice(skip, skip + limit)),
};

export const routes = { items: router(items, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
