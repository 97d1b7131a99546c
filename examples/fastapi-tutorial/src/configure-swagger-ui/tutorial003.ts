import { procedure } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const users = {
  read: procedure
    .route("GET /{username}")
    .input({ username: z.string() })
    .output({ message: z.string() })
    .query(({ input }) => ({ message: `Hello ${input.username}` })),
};

export const routes = { users };

export const app = createApp(routes, { semantics: fastapi() });
