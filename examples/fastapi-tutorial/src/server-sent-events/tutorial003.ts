import { procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi, rawData } from "@tenon/server/fastapi";
import { z } from "zod";

const LINES = [
  "2025-01-01 INFO  Application started",
  "2025-01-01 DEBUG Connected to database",
  "2025-01-01 WARN  High memory usage detected",
];

const logs = {
  watch: procedure
    .route("GET /logs/stream")
    .output(z.string())
    .stream(async function* () {
      yield* LINES.map((line) => rawData(line));
    }),
};

export const routes = { logs: router(logs, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
