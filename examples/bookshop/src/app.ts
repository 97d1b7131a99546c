import { createApp } from "@tenon/server";
import * as books from "./books.ts";

/** The shop. Importing it starts nothing. */
export const app = createApp({ books }, { info: { title: "Bookshop", version: "1.0.0" } });

/** What a client needs to know, and all it needs: `import type { App }`. */
export type App = typeof app;
