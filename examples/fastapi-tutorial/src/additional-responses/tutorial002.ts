import { readFile } from "node:fs/promises";
import { procedure, raw } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";
import { encode } from "@tenon/core";

const Item = z.object({ id: z.string(), value: z.string() }).meta({ id: "Item" });

const items = {
  // One status with two media types: the handler makes the Response.
  read: procedure
    .route("GET /{item_id}")
    .input({ item_id: z.string(), img: z.boolean().optional() })
    .output(raw({ "application/json": Item, "image/png": true }))
    .doc({ responseDescription: "Return the JSON item or an image." })
    .query(async ({ input }) =>
      input.img === true
        ? new Response(await readFile("image.png"), { headers: { "content-type": "image/png" } })
        : Response.json(encode(Item, { id: "foo", value: "there goes my hero" })),
    ),
};

export const routes = { items };

export const app = createApp(routes, { semantics: fastapi() });
