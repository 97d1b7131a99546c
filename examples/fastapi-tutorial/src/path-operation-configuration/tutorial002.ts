import { body, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const Item = z
  .object({
    name: z.string(),
    description: z.string().nullable().default(null),
    price: z.number(),
    tax: z.number().nullable().default(null),
    tags: z.set(z.string()).default(new Set()),
  })
  .meta({ id: "Item" });

const items = {
  create: procedure
    .route("POST /items/")
    .input({ item: body(Item) })
    .output(Item)
    .mutation(({ input }) => input.item),
  list: procedure
    .route("GET /items/")
    .output(z.array(z.object({ name: z.string(), price: z.number() })))
    .query(() => [{ name: "Foo", price: 42 }]),
};
const users = {
  list: procedure
    .route("GET /users/")
    .output(z.array(z.object({ username: z.string() })))
    .query(() => [{ username: "johndoe" }]),
};

export const routes = {
  items: router(items, { prefix: "", tags: ["items"] }),
  users: router(users, { prefix: "", tags: ["users"] }),
};

export const app = createApp(routes, { semantics: fastapi() });
