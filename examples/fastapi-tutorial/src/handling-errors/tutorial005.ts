import { body, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const Item = z.object({ title: z.string(), size: z.int() }).meta({ id: "Item" });

const items = {
  add: procedure
    .route("POST /items/")
    .input({ item: body(Item) })
    .output(Item)
    .mutation(({ input }) => input.item),
};

export const routes = { items: router(items, { prefix: "" }) };

export const app = createApp(routes, {
  semantics: fastapi({ validationError: (detail, _problem, body) => ({ detail, body }) }),
});
