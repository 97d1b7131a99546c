import { body, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const items = {
  // The bytes as they came, whatever they are: nothing reads them as JSON.
  add: procedure
    .route("POST /items/")
    .input({ data: body.bytes({ types: ["application/json"] }) })
    .output({
      size: z.int(),
      content: z.object({ name: z.string(), price: z.number(), description: z.string() }),
    })
    .mutation(({ input }) => ({
      size: input.data.length,
      content: { name: "Maaaagic", price: 42, description: "Just kiddin', no magic here. ✨" },
    })),
};

export const routes = { items: router(items, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
