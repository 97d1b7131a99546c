import { procedure } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const users = {
  /** A literal beats a parameter, whatever the order. */
  me: procedure
    .route("GET /me")
    .output({ user_id: z.string() })
    .query(() => ({ user_id: "the current user" })),
  read: procedure
    .route("GET /{user_id}")
    .input({ user_id: z.string() })
    .output({ user_id: z.string() })
    .query(({ input }) => input),
};

export const routes = { users };

export const app = createApp(routes, { semantics: fastapi() });
