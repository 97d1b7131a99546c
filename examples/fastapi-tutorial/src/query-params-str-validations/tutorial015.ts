import { procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const books: ReadonlyMap<string, string> = new Map([
  ["isbn-9781529046137", "The Hitchhiker's Guide to the Galaxy"],
  ["imdb-tt0371724", "The Hitchhiker's Guide to the Galaxy"],
  ["isbn-9781439512982", "Isaac Asimov: The Complete Stories, Vol. 2"],
]);

const BookId = z.string().refine((id) => id.startsWith("isbn-") || id.startsWith("imdb-"), {
  error: 'Invalid ID format, it must start with "isbn-" or "imdb-"',
});

const items = {
  read: procedure
    .route("GET /items/")
    .input({ id: BookId.optional() })
    .output({ id: z.string(), name: z.string().nullable() })
    .query(({ input: { id = randomId() } }) => ({ id, name: books.get(id) ?? null })),
};

function randomId(): string {
  const ids = [...books.keys()];
  return ids[Math.floor(Math.random() * ids.length)] as string;
}

export const routes = { items: router(items, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
