import { procedure } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const Item = z.object({ name: z.string().nullable(), size: z.int().nullable() }).meta({ id: "Item" });
type Item = z.infer<typeof Item>;

const stored = new Map<string, Item>([
  ["foo", { name: "Fighters", size: 6 }],
  ["bar", { name: "Tenders", size: 3 }],
]);

const items = {
  upsert: procedure
    .route("PUT /{item_id}")
    .input({
      item_id: z.string(),
      name: z.string().nullable().default(null),
      size: z.int().nullable().default(null),
    })
    .output({ 200: Item, 201: Item })
    .mutation(({ input: { item_id, name, size }, reply }) => {
      const isKnown = stored.has(item_id);
      stored.set(item_id, { name, size });
      return reply(isKnown ? 200 : 201, { name, size });
    }),
};

export const routes = { items };

export const app = createApp(routes, { semantics: fastapi() });
