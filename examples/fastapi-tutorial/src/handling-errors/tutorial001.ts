import { procedure } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const stored: ReadonlyMap<string, string> = new Map([["foo", "The Foo Wrestlers"]]);

const items = {
  read: procedure
    .route("GET /{item_id}")
    .input({ item_id: z.string() })
    .output({ item: z.string() })
    .errors({ ITEM_NOT_FOUND: { status: 404 } })
    .query(({ input, errors }) => {
      const item = stored.get(input.item_id);
      return item === undefined ? errors.ITEM_NOT_FOUND({ detail: "Item not found" }) : { item };
    }),
};

export const routes = { items };

export const app = createApp(routes, { semantics: fastapi() });
