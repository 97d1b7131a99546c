import { body, procedure } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const Item = z
  .object({
    name: z.string().meta({ examples: ["Foo"] }),
    description: z
      .string()
      .nullable()
      .default(null)
      .meta({ examples: ["A very nice Item"] }),
    price: z.number().meta({ examples: [35.4] }),
    tax: z
      .number()
      .nullable()
      .default(null)
      .meta({ examples: [3.2] }),
  })
  .meta({ id: "Item" });

const items = {
  change: procedure
    .route("PUT /{item_id}")
    .input({ item_id: z.int(), item: body(Item) })
    .output({ item_id: z.int(), item: Item })
    .mutation(({ input }) => input),
};

export const routes = { items };

export const app = createApp(routes, { semantics: fastapi() });
