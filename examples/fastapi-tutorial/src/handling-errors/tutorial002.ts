import { procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const stored: ReadonlyMap<string, string> = new Map([["foo", "The Foo Wrestlers"]]);

const root = {
  read: procedure
    .route("GET /items-header/{item_id}")
    .input({ item_id: z.string() })
    .output({ item: z.string() })
    .errors({ ITEM_NOT_FOUND: { status: 404, headers: { "x-error": "What went wrong." } } })
    .query(({ input, errors }) => {
      const item = stored.get(input.item_id);
      return item === undefined
        ? errors.ITEM_NOT_FOUND({ detail: "Item not found", headers: { "x-error": "There goes my error" } })
        : { item };
    }),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
