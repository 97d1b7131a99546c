import { dependency, procedure } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

class OwnerError extends Error {}

/** Whoever owns things here; an error of the handler arrives at the `yield`. */
const username = dependency.errors({ OWNER_ERROR: { status: 400 } }).resolve(async function* ({ errors }) {
  try {
    yield "Rick";
  } catch (error) {
    throw error instanceof OwnerError
      ? errors.OWNER_ERROR({ detail: `Owner error: ${error.message}` })
      : error;
  }
});

const stored = new Map([
  ["plumbus", { description: "Freshly pickled plumbus", owner: "Morty" }],
  ["portal-gun", { description: "Gun to create portals", owner: "Rick" }],
]);

const items = {
  read: procedure
    .use({ username })
    .route("GET /{item_id}")
    .input({ item_id: z.string() })
    .output({ description: z.string(), owner: z.string() })
    .errors({ ITEM_NOT_FOUND: { status: 404 } })
    .query(({ input, username, errors }) => {
      const item = stored.get(input.item_id);
      if (item === undefined) {
        return errors.ITEM_NOT_FOUND({ detail: "Item not found" });
      }
      if (item.owner !== username) {
        throw new OwnerError(username);
      }
      return item;
    }),
};

export const routes = { items };

export const app = createApp(routes, { semantics: fastapi() });
