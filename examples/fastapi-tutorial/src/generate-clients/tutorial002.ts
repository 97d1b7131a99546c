import { body, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const Item = z.object({ name: z.string(), price: z.number() }).meta({ id: "Item" });
const Message = z.object({ message: z.string() }).meta({ id: "ResponseMessage" });
const User = z.object({ username: z.string(), email: z.string() }).meta({ id: "User" });

const items = {
  create: procedure
    .route("POST /items/")
    .input({ item: body(Item) })
    .output(Message)
    .mutation(() => ({ message: "Item received" })),
  list: procedure
    .route("GET /items/")
    .output(z.array(Item))
    .query(() => [
      { name: "Plumbus", price: 3 },
      { name: "Portal Gun", price: 9001 },
    ]),
};
const users = {
  create: procedure
    .route("POST /users/")
    .input({ user: body(User) })
    .output(Message)
    .mutation(() => ({ message: "User received" })),
};

export const routes = {
  items: router(items, { prefix: "", tags: ["items"] }),
  users: router(users, { prefix: "", tags: ["users"] }),
};

export const app = createApp(routes, { semantics: fastapi() });
