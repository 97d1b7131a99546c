import { procedure } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const Item = z
  .object({
    name: z.string(),
    description: z.string().nullable().default(null),
    price: z.number(),
    tax: z.number().default(10.5),
  })
  .meta({ id: "Item" });

const stored = new Map<string, z.infer<typeof Item>>(
  Object.entries({
    foo: { name: "Foo", price: 50.2 },
    bar: { name: "Bar", description: "The Bar fighters", price: 62, tax: 20.2 },
    baz: { name: "Baz", description: "There goes my baz", price: 50.2, tax: 10.5 },
  }).map(([id, item]) => [id, Item.parse(item)]),
);

const known = procedure.input({ item_id: z.string() }).errors({ ITEM_NOT_FOUND: { status: 404 } });

// What an output does not name is not sent.
const items = {
  name: known
    .route("GET /{item_id}/name")
    .output(Item.pick({ name: true, description: true }).meta({ id: "ItemName" }))
    .query(({ input, errors }) => stored.get(input.item_id) ?? errors.ITEM_NOT_FOUND()),
  public: known
    .route("GET /{item_id}/public")
    .output(Item.omit({ tax: true }).meta({ id: "PublicItem" }))
    .query(({ input, errors }) => stored.get(input.item_id) ?? errors.ITEM_NOT_FOUND()),
};

export const routes = { items };

export const app = createApp(routes, { semantics: fastapi() });
