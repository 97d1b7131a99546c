import { procedure } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi, TextBody } from "@tenon/server/fastapi";
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

export const app = createApp(routes, {
  semantics: fastapi({
    httpException: (_problem, detail) => new TextBody(String(detail)),
    validationStatus: 400,
    validationError: (errors) =>
      new TextBody(
        [
          "Validation errors:",
          ...errors.map(({ loc, msg }) => `Field: (${loc.join(", ")}), Error: ${msg}`),
        ].join("\n"),
      ),
  }),
});
