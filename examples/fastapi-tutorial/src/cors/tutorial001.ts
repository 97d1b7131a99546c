import { procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { cors } from "@tenon/server/middleware";
import { z } from "zod";

const origins = [
  "http://localhost.tiangolo.com",
  "https://localhost.tiangolo.com",
  "http://localhost",
  "http://localhost:8080",
];

const root = {
  main: procedure
    .route("GET /")
    .output({ message: z.string() })
    .query(() => ({ message: "Hello World" })),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, {
  semantics: fastapi(),
  middleware: [
    cors({
      origins,
      credentials: true,
      methods: ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "QUERY"],
      headers: ["X-Example"],
      preflightStatus: 200,
    }),
  ],
});
