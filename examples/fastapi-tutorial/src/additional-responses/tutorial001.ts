import { procedure } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const Item = z.object({ id: z.string(), value: z.string() }).meta({ id: "Item" });
const Message = z.object({ message: z.string() }).meta({ id: "Message" });

const items = {
  read: procedure
    .route("GET /{item_id}")
    .input({ item_id: z.string() })
    .output({ 200: Item, 404: Message })
    .query(({ input, reply }) =>
      input.item_id === "foo"
        ? reply(200, { id: "foo", value: "there goes my hero" })
        : reply(404, { message: "Item not found" }),
    ),
};

export const routes = { items };

export const app = createApp(routes, { semantics: fastapi() });
