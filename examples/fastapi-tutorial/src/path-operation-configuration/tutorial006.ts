import { procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const root = {
  items: procedure
    .route("GET /items/")
    .output(z.array(z.object({ name: z.string(), price: z.number() })))
    .doc({ tags: ["items"] })
    .query(() => [{ name: "Foo", price: 42 }]),
  users: procedure
    .route("GET /users/")
    .output(z.array(z.object({ username: z.string() })))
    .doc({ tags: ["users"] })
    .query(() => [{ username: "johndoe" }]),
  elements: procedure
    .route("GET /elements/")
    .output(z.array(z.object({ item_id: z.string() })))
    .doc({ tags: ["items"], deprecated: true })
    .query(() => [{ item_id: "Foo" }]),
};

export const routes = { all: router(root, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
