import { readFile } from "node:fs/promises";
import { procedure, raw, redirect } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";
import { encode } from "@tenon/core";

const Item = z.object({ id: z.string(), value: z.string() }).meta({ id: "Item" });

/** What every operation of this application may fail with. */
const base = procedure.errors({
  ITEM_NOT_FOUND: { status: 404, description: "Item not found" },
  NOT_ALLOWED: { status: 403, description: "Not enough privileges" },
});

const items = {
  read: base
    .route("GET /{item_id}")
    .input({ item_id: z.string(), img: z.boolean().optional() })
    .output({ 200: raw({ "application/json": Item, "image/png": true }), 302: redirect(302) })
    .query(async ({ input, reply }) => {
      if (input.item_id === "moved") {
        return reply(302, "foo");
      }
      return reply(
        200,
        input.img === true
          ? new Response(await readFile("image.png"), { headers: { "content-type": "image/png" } })
          : Response.json(encode(Item, { id: "foo", value: "there goes my hero" })),
      );
    }),
};

export const routes = { items };

export const app = createApp(routes, { semantics: fastapi() });
