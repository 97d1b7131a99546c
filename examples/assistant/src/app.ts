import { createApp } from "@tenon/server";
import * as chat from "./chat.ts";

/** An assistant in the shape of a chat API of a language model. Importing it starts nothing. */
export const app = createApp({ chat }, { info: { title: "Assistant", version: "1.0.0" } });

/** What a client needs to know, and all it needs: `import type { App }`. */
export type App = typeof app;
