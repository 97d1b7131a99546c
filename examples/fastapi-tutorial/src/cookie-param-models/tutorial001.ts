import { cookie, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const Cookies = z.object({
  session_id: z.string(),
  fatebook_tracker: z.string().nullable().default(null),
  googall_tracker: z.string().nullable().default(null),
});

const items = {
  list: procedure
    .route("GET /items/")
    .input({ cookies: cookie(Cookies) })
    .output(Cookies)
    .query(({ input }) => input.cookies),
};

export const routes = { items: router(items, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
