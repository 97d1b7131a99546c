import { procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi, TextBody } from "@tenon/server/fastapi";
import { trustedHost } from "@tenon/server/middleware";
import { z } from "zod";

const root = {
  main: procedure
    .route("GET /")
    .output({ message: z.string() })
    .query(() => ({ message: "Hello World" })),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, {
  semantics: fastapi({
    httpException: ({ code }, detail) =>
      code === "MALFORMED_REQUEST" ? new TextBody("Invalid host header") : { detail },
  }),
  middleware: [trustedHost({ hosts: ["example.com", "*.example.com"] })],
});
