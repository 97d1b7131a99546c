import { body, procedure } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const Item = z
  .object({
    name: z.string().nullable().default(null),
    description: z.string().nullable().default(null),
    price: z.number().nullable().default(null),
    tax: z.number().default(10.5),
    tags: z.array(z.string()).default([]),
  })
  .meta({ id: "Item" });
type Item = z.infer<typeof Item>;

const stored = new Map<string, Item>(
  Object.entries({
    foo: { name: "Foo", price: 50.2 },
    bar: { name: "Bar", description: "The bartenders", price: 62, tax: 20.2 },
    baz: { name: "Baz", description: null, price: 50.2, tax: 10.5, tags: [] },
  }).map(([id, item]) => [id, Item.parse(item)]),
);

const items = {
  read: procedure
    .route("GET /{item_id}")
    .input({ item_id: z.string() })
    .output(Item)
    .errors({ ITEM_NOT_FOUND: { status: 404 } })
    .query(({ input, errors }) => stored.get(input.item_id) ?? errors.ITEM_NOT_FOUND()),
  // PUT replaces: what is not sent is its default again.
  replace: procedure
    .route("PUT /{item_id}")
    .input({ item_id: z.string(), item: body(Item) })
    .output(Item)
    .mutation(({ input: { item_id, item } }) => {
      stored.set(item_id, item);
      return item;
    }),
};

export const routes = { items };

export const app = createApp(routes, { semantics: fastapi() });
