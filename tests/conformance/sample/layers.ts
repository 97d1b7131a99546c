import { procedure } from "@tenon/core";
import {
  cache,
  csrf,
  httpsRedirect,
  idempotency,
  type IdempotencyStore,
  rateLimit,
  session,
  timeout,
  trustedHost,
} from "@tenon/server/middleware";
import { z } from "zod";
import { spent } from "../sample-dependencies.ts";

/** Around it is a middleware of the app's own. */
export const limited = {
  list: procedure.output(z.array(z.date())).query(() => [new Date(0)]),
};

let before: string | undefined;
/** What earlier requests with the same key have left behind is what the request itself says. */
const attempts: IdempotencyStore = {
  begin: () =>
    before === "running"
      ? "running"
      : before === "other"
        ? { request: "", status: 200, headers: [], body: "" }
        : "begun",
  keep: () => {},
  drop: () => {},
};

/** Around each of these are middleware of its own. */
export const layered = {
  few: procedure
    .wrap(rateLimit({ limit: 1, window: 1, store: spent, key: (ctx) => ctx.headers.get("x-often") }))
    .wrap(timeout(10_000))
    .output(z.string())
    .query(() => "few"),
  kept: procedure
    .wrap(cache({ control: "public, max-age=60" }))
    .wrap(session({ secrets: ["a secret of thirty-two characters"] }))
    .input({ word: z.string().default("") })
    .output(z.object({ word: z.string() }))
    .query(({ input }) => input),
  once: procedure
    .wrap(idempotency({ store: attempts, by: (ctx) => (before = ctx.headers.get("x-before")) ?? "" }))
    .input({ word: z.string() })
    .output({ word: z.string() })
    .mutation(({ input }) => input),
  ours: procedure
    .wrap(csrf())
    .output(z.string())
    .mutation(() => "ours"),
  here: procedure
    .wrap(trustedHost({ hosts: ["localhost"] }))
    .output(z.string())
    .query(() => "here"),
  secure: procedure
    .wrap(httpsRedirect())
    .output(z.string())
    .query(() => "secure"),
};
