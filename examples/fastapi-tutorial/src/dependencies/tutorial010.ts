import { dependency, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

/** What Python calls a context manager: it closes itself where `await using` ends. */
class Session {
  isOpen = true;

  [Symbol.asyncDispose](): Promise<void> {
    this.isOpen = false;
    return Promise.resolve();
  }
}

const db = dependency.resolve(() => new Session());

const root = {
  list: procedure
    .use({ db })
    .route("GET /items/")
    .output({ is_open: z.boolean() })
    .query(({ db }) => ({ is_open: db.isOpen })),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
