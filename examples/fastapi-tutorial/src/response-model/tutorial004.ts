import { procedure } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const Item = z
  .object({
    name: z.string(),
    description: z.string().nullable().optional(),
    price: z.number(),
    tax: z.number().optional(),
    tags: z.array(z.string()).optional(),
  })
  .meta({ id: "Item" });
type Item = z.infer<typeof Item>;

const stored: Readonly<Record<string, Item>> = {
  foo: { name: "Foo", price: 50.2 },
  bar: { name: "Bar", description: "The bartenders", price: 62, tax: 20.2 },
  baz: { name: "Baz", description: null, price: 50.2, tax: 10.5, tags: [] },
};

const items = {
  // What is optional and not set is not sent.
  read: procedure
    .route("GET /{item_id}")
    .input({ item_id: z.string() })
    .output(Item)
    .errors({ ITEM_NOT_FOUND: { status: 404 } })
    .query(({ input, errors }) => stored[input.item_id] ?? errors.ITEM_NOT_FOUND()),
};

export const routes = { items };

export const app = createApp(routes, { semantics: fastapi() });
