import { header, procedure, router, sse } from "@tenon/core";
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
    .input({ last: header("last-event-id", z.int().optional()) })
    .output({ name: z.string(), price: z.number() })
    .stream(async function* ({ input: { last = -1 } }) {
      for (const [index, item] of stored.entries()) {
        if (index > last) {
          yield sse(item, { id: String(index) });
        }
      }
    }),
};

export const routes = { items: router(items, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
