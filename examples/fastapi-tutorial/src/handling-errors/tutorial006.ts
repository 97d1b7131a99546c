import { procedure } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const items = {
  read: procedure
    .route("GET /{item_id}")
    .input({ item_id: z.int() })
    .output({ item_id: z.int() })
    .errors({ DISLIKED: { status: 418 } })
    .query(({ input, errors }) =>
      input.item_id === 3 ? errors.DISLIKED({ detail: "Nope! I don't like 3." }) : input,
    ),
};

export const routes = { items };

// Handlers that say what they see and answer as always.
export const app = createApp(routes, {
  semantics: fastapi({
    httpException: (problem, detail) => {
      console.error(`OMG! An HTTP error!: ${problem.status} ${String(detail)}`);
      return { detail };
    },
    validationError: (detail) => {
      console.error("OMG! The client sent invalid data!");
      return { detail };
    },
  }),
});
