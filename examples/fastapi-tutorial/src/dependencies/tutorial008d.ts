import { dependency, procedure } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

class InternalError extends Error {}

/** Hears of the error, and throws it on. */
const username = dependency.resolve(async function* () {
  try {
    yield "Rick";
  } catch (error) {
    if (!(error instanceof InternalError)) {
      throw error;
    }
    throw error;
  }
});

const items = {
  read: procedure
    .use({ username })
    .route("GET /{item_id}")
    .input({ item_id: z.string() })
    .output(z.string())
    .errors({ ITEM_NOT_FOUND: { status: 404 } })
    .query(({ input, username, errors }) => {
      if (input.item_id === "portal-gun") {
        throw new InternalError(`The portal gun is too dangerous to be owned by ${username}`);
      }
      return input.item_id === "plumbus"
        ? input.item_id
        : errors.ITEM_NOT_FOUND({ detail: "Item not found, there's only a plumbus here" });
    }),
};

export const routes = { items };

export const app = createApp(routes, { semantics: fastapi() });
