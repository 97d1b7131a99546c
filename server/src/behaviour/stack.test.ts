import { ApiError, type Middleware, procedure, router } from "@tenon/core";
import { expect, it } from "vitest";
import { z } from "zod";
import type { AccessLogEntry } from "../middleware/access-log.ts";
import { createApp } from "../index.ts";
import {
  accessLog,
  bodyLimit,
  compress,
  cors,
  csrf,
  idempotency,
  memoryIdempotency,
  rateLimit,
  requestId,
  secureHeaders,
  session,
  timeout,
  trustedHost,
} from "../middleware.ts";
import { behindEveryAdapter } from "./adapters.ts";
import { exact, withApp } from "./exact.ts";

const log: AccessLogEntry[] = [];
const logger = { info: (entry: object) => void log.push(entry as AccessLogEntry), error: () => {} };

// #region own
/** Tells in a header how long an operation took, and refuses those of a version that is over. */
const timing: Middleware = {
  name: "timing",
  errors: { GONE: { status: 410, description: "This version of the API is over." } },
  responseHeaders: { "server-timing": "Milliseconds that it took." },
  applies: ({ path }) => path.startsWith("/orders"),
  async handle(context, next) {
    if (context.headers.get("x-version") === "1") {
      throw new ApiError("GONE", 410, undefined);
    }
    const started = performance.now();
    const reply = await next();
    reply.headers.push("server-timing", `total;dur=${(performance.now() - started).toFixed(1)}`);
    return reply;
  },
};
// #endregion

// #region stack
const sessions = session({ secrets: [process.env["SESSION_SECRET"] ?? "a secret of thirty-two characters"] });

const middleware = [
  // What tells of every request is outermost, and sees what all others answer.
  requestId(),
  accessLog({ logger }),
  trustedHost({ hosts: ["shop.example", "*.shop.example", "localhost"] }),
  cors({ origins: ["https://shop.example"], credentials: true }),
  secureHeaders(),
  compress(),
  // What refuses comes before what works.
  rateLimit({ limit: 100, window: 60, key: ({ headers, ip }) => headers.get("authorization") ?? ip }),
  bodyLimit(100_000),
  csrf({ origins: ["https://shop.example"] }),
  sessions,
  idempotency({ store: memoryIdempotency() }),
  timing,
];
// #endregion

// #region wrap
const orders = {
  list: procedure.output(z.string()).query(() => "orders ".repeat(200)),
  /** Ten a minute, and a second each: for this operation alone. */
  create: procedure
    .wrap(rateLimit({ limit: 10, window: 60, name: "orders", key: ({ ip }) => ip }))
    .wrap(timeout(1000))
    .input({ item: z.string() })
    .output({ item: z.string() })
    .mutation(({ input }) => input),
};
// #endregion

behindEveryAdapter("all of them together", (adapter) => {
  it("go around each other as declared, each with its part in what is answered", async () => {
    const app = createApp({ orders: router(orders) }, { middleware });
    await withApp(adapter.open(app), async (opened) => {
      const headers = { host: "shop.example", origin: "https://shop.example", "accept-encoding": "gzip" };
      const list = await exact(opened, "/orders", { headers });
      expect([list.status, list.headers.get("content-encoding")]).toEqual([200, "gzip"]);
      for (const name of [
        "x-request-id",
        "access-control-allow-origin",
        "strict-transport-security",
        "ratelimit",
        "server-timing",
      ]) {
        expect(list.headers.has(name), name).toBe(true);
      }
      expect(list.headers.get("access-control-expose-headers")).toContain("server-timing");
      const body = '{"item":"tea"}';
      const post = (more: Record<string, string> = {}) =>
        exact(opened, "/orders", {
          method: "POST",
          headers: { ...headers, "content-type": "application/json", "idempotency-key": "k", ...more },
          body,
        });
      expect([(await post()).text, (await post()).headers.get("idempotency-replayed")]).toEqual([
        body,
        "true",
      ]);
      log.length = 0;
      const refused = [
        await post({ "sec-fetch-site": "cross-site", origin: "https://evil.example" }),
        await post({ host: "evil.example" }),
        await post({ "x-version": "1", "idempotency-key": "other" }),
      ];
      expect(refused.map(({ status }) => status)).toEqual([403, 400, 410]);
      // What is outermost has seen them all, and its headers are on each.
      await expect.poll(() => log.map(({ status }) => status)).toEqual([403, 400, 410]);
      expect(refused.every((reply) => reply.headers.has("x-request-id"))).toBe(true);
      expect(refused.map((reply) => reply.headers.has("strict-transport-security"))).toEqual([
        true,
        false,
        true,
      ]);
    });
  });
});
