import { body, procedure } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";
import { Item } from "../body/item.schema.ts";

const items = {
  change: procedure
    .route("PUT /{item_id}")
    .input({ item_id: z.int(), item: body(Item) })
    .output({ item_id: z.int(), item: Item })
    .doc({
      examples: {
        normal: {
          summary: "A normal example",
          description: "A **normal** item works correctly.",
          value: { name: "Foo", description: "A very nice Item", price: 35.4, tax: 3.2 },
        },
        converted: {
          summary: "An example with converted data",
          description: "Callers of old may send numbers as texts.",
          value: { name: "Bar", price: "35.4" },
          isInvalid: true,
        },
        invalid: {
          summary: "Invalid data is rejected with an error",
          value: { name: "Baz", price: "thirty five point four" },
          isInvalid: true,
        },
      },
    })
    .mutation(({ input }) => input),
};

export const routes = { items };

export const app = createApp(routes, { semantics: fastapi() });
