import { type Middleware } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";

const timed: Middleware = {
  name: "timed",
  responseHeaders: { "x-process-time": "Seconds that the request took." },
  handle: async (_context, next) => {
    const before = performance.now();
    const reply = await next();
    reply.headers.push("x-process-time", String((performance.now() - before) / 1000));
    return reply;
  },
};

export const routes = {};

export const app = createApp(routes, { semantics: fastapi(), middleware: [timed] });
