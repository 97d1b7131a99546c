import { dependency, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

/** What happened, the latest at the end. */
const events: string[] = [];

// Each may use those before it, and is closed before them.
const a = dependency.resolve(async function* () {
  yield "a";
  events.push("a closes");
});
const b = dependency.use({ a }).resolve(async function* ({ a }) {
  yield `${a}b`;
  events.push(`b closes, with ${a}`);
});
const c = dependency.use({ b }).resolve(async function* ({ b }) {
  yield `${b}c`;
  events.push(`c closes, with ${b}`);
});

const root = {
  list: procedure
    .use({ c })
    .route("GET /items/")
    .output(z.string())
    .query(({ c }) => c),
  events: procedure
    .route("GET /events/")
    .output(z.array(z.string()))
    .query(() => events.splice(0)),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
