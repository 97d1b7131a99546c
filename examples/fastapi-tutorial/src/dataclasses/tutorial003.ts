import { body, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const Item = z
  .object({ name: z.string(), description: z.string().nullable().default(null) })
  .meta({ id: "Item" });
const Author = z.object({ name: z.string(), items: z.array(Item).default([]) }).meta({ id: "Author" });

const authors = {
  addItems: procedure
    .route("POST /authors/{author_id}/items/")
    .input({ author_id: z.string(), items: body(z.array(Item)) })
    .output(Author)
    .mutation(({ input: { author_id, items } }) => ({ name: author_id, items })),
  list: procedure
    .route("GET /authors/")
    .output(z.array(Author))
    .query(() => [
      {
        name: "Breaters",
        items: [
          { name: "Island In The Moon", description: "A place to be playin' and havin' fun" },
          { name: "Holy Buddies", description: null },
        ],
      },
      {
        name: "System of an Up",
        items: [
          { name: "Salt", description: "The kombucha mushroom people's favorite" },
          { name: "Pad Thai", description: null },
          { name: "Lonely Night", description: "The mostests lonliest nightiest of allest" },
        ],
      },
    ]),
};

export const routes = { authors: router(authors, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
