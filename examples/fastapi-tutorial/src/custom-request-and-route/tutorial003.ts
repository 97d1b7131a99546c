import { type Middleware, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

/** Says how long its procedures took. */
const timed: Middleware = {
  name: "timed",
  responseHeaders: { "x-response-time": "Seconds until the response was there." },
  handle: async (_context, next) => {
    const before = performance.now();
    const reply = await next();
    reply.headers.push("x-response-time", String((performance.now() - before) / 1000));
    return reply;
  },
};

const Message = z.object({ message: z.string() });
const clocked = procedure.wrap(timed);

const root = {
  notTimed: procedure
    .route("GET /")
    .output(Message)
    .query(() => ({ message: "Not timed" })),
  timed: clocked
    .route("GET /timed")
    .output(Message)
    .query(() => ({ message: "It's the time of my life" })),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
