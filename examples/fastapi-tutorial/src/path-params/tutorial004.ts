import { procedure } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const files = {
  read: procedure
    .route("GET /{file_path*}")
    .input({ file_path: z.string() })
    .output({ file_path: z.string() })
    .query(({ input }) => input),
};

export const routes = { files };

export const app = createApp(routes, { semantics: fastapi() });
