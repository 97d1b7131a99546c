import { body, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";
import { parse } from "yaml";

const Item = z.object({ name: z.string(), tags: z.array(z.string()) }).meta({ id: "Item" });

const items = {
  add: procedure
    .route("POST /items/")
    .input({ item: body(Item, { types: ["application/x-yaml"], parse }) })
    .output(Item)
    .mutation(({ input }) => input.item),
};

export const routes = { items: router(items, { prefix: "" }) };

export const app = createApp(routes, {
  semantics: fastapi({
    validationError: (errors, { code }) => ({
      detail:
        code === "MALFORMED_BODY"
          ? "Invalid YAML"
          : errors.map((each) => ({ ...each, loc: each.loc.slice(1) })),
    }),
  }),
});
