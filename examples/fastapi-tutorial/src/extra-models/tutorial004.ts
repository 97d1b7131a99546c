import { procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const Item = z.object({ name: z.string(), description: z.string() }).meta({ id: "Item" });

const items = {
  list: procedure
    .route("GET /items/")
    .output(z.array(Item))
    .query(() => [
      { name: "Foo", description: "There comes my hero" },
      { name: "Red", description: "It's my aeroplane" },
    ]),
};

export const routes = { items: router(items, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
