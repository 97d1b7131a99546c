import { comment, procedure, router, sse } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const stored = [
  { name: "Plumbus", price: 32.99 },
  { name: "Portal Gun", price: 999.99 },
  { name: "Meeseeks Box", price: 49.99 },
];

const items = {
  watch: procedure
    .route("GET /items/stream")
    .output({ name: z.string(), price: z.number() })
    .stream(async function* () {
      yield comment("stream of item updates");
      for (const [index, item] of stored.entries()) {
        yield sse(item, { event: "item_update", id: String(index + 1), retry: 5000 });
      }
    }),
};

export const routes = { items: router(items, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
