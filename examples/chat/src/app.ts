import { fileURLToPath } from "node:url";
import { createApp } from "@tenon/server";
import { secureHeaders } from "@tenon/server/middleware";
import { staticFiles } from "@tenon/server/static";
import * as rooms from "./rooms.ts";

// The page is built into `dist/public`, whether this runs from `src` or from `dist`.
const PAGE = fileURLToPath(new URL("../dist/public", import.meta.url));

/** The chat. Importing it starts nothing. */
export const app = createApp(
  { rooms },
  {
    info: { title: "Chat", version: "1.0.0", description: "Rooms, over sockets" },
    middleware: [
      secureHeaders({ "content-security-policy": "default-src 'self'; connect-src 'self' ws: wss:" }),
    ],
    mounts: { "/": staticFiles({ dir: PAGE, index: "index.html" }) },
  },
);

/** What a client needs to know, and all it needs: `import type { App }`. */
export type App = typeof app;
