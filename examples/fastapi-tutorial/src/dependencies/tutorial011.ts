import { dependency, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

/** A dependency that is made with a setting: a function that gives one. */
const contains = (content: string) =>
  dependency.input({ q: z.string().default("") }).resolve(({ input }) => input.q.includes(content));

const root = {
  check: procedure
    .use({ isContained: contains("bar") })
    .route("GET /query-checker/")
    .output({ fixed_content_in_query: z.boolean() })
    .query(({ isContained }) => ({ fixed_content_in_query: isContained })),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
