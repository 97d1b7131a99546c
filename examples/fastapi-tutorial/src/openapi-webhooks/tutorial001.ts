import { procedure, router, webhook } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const Subscription = z
  .object({ username: z.string(), monthly_fee: z.number(), start_date: z.date() })
  .meta({ id: "Subscription" });

const users = {
  list: procedure
    .route("GET /users/")
    .output(z.array(z.string()))
    .query(() => ["Rick", "Morty"]),
};

export const routes = { users: router(users, { prefix: "" }) };

export const app = createApp(routes, {
  semantics: fastapi(),
  webhooks: {
    "new-subscription": webhook({
      body: Subscription,
      description: "When a new user subscribes to your service we'll send you a POST request with this data.",
    }),
  },
});
