import { fileURLToPath } from "node:url";
import { router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { compress, rateLimit, requestId, secureHeaders } from "@tenon/server/middleware";
import { openTelemetry } from "@tenon/server/opentelemetry";
import { staticFiles } from "@tenon/server/static";
import { createWorker } from "@tenon/server/jobs";
import { orderMail, queue } from "./mail/order-mail.ts";
import * as account from "./routers/account.ts";
import * as orders from "./routers/orders.ts";
import * as products from "./routers/products.ts";
import * as session from "./routers/session.ts";
import * as token from "./routers/token.ts";
import { telemetry } from "./telemetry.ts";

// The pages are built into `dist/public`, whether this runs from `src` or from `dist`.
const PAGES = fileURLToPath(new URL("../dist/public", import.meta.url));

/** The shop. Importing it starts nothing. */
export const app = createApp(
  {
    account: router(account, { prefix: "/account", tags: ["Account"] }),
    session: router(session, { prefix: "/session", tags: ["Account"] }),
    token: router(token, { prefix: "/token", tags: ["Account"] }),
    products: router(products, { prefix: "/products", tags: ["Products"] }),
    orders: router(orders, { prefix: "/orders", tags: ["Orders"] }),
  },
  {
    info: { title: "The shop", version: "1.0.0", description: "A small shop for hand tools" },
    opens: [telemetry],
    middleware: [
      openTelemetry(),
      requestId(),
      secureHeaders({ "content-security-policy": "default-src 'self'; frame-ancestors 'none'" }),
      rateLimit({ name: "all", limit: 300, window: 60 }),
      compress(),
    ],
    background: [createWorker({ queue, jobs: [orderMail] })],
    mounts: { "/": staticFiles({ dir: PAGES, index: "index.html" }) },
  },
);

/** What a client needs to know, and all it needs: `import type { App }`. */
export type App = typeof app;
