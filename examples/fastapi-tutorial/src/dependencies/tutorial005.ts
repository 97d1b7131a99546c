import { cookie, dependency, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const searched = dependency.input({ q: z.string().optional() }).resolve(({ input }) => input.q);

/** What is searched for: what was asked now, or else what was asked last. */
const searchedOrLast = dependency
  .use({ searched })
  .input({ last_query: cookie("last_query", z.string().optional()) })
  .resolve(({ searched, input }) => searched || (input.last_query ?? null));

const items = {
  list: procedure
    .route("GET /items/")
    .use({ searchedOrLast })
    .output({ q_or_cookie: z.string().nullable() })
    .query(({ searchedOrLast }) => ({ q_or_cookie: searchedOrLast })),
};

export const routes = { items: router(items, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
