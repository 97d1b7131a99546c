import { dependency, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const items = dependency.scope("app").resolve(
  () =>
    new Map([
      ["foo", { name: "Fighters" }],
      ["bar", { name: "Tenders" }],
    ]),
);

const root = {
  read: procedure
    .use({ items })
    .route("GET /items/{item_id}")
    .input({ item_id: z.string() })
    .output({ name: z.string() })
    .errors({ ITEM_NOT_FOUND: { status: 404 } })
    .query(({ input, items, errors }) => items.get(input.item_id) ?? errors.ITEM_NOT_FOUND()),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
