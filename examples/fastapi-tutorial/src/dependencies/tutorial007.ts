import { dependency, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

/** What a connection to a database would be. */
class Session {
  isOpen = true;

  close(): void {
    this.isOpen = false;
  }
}

/** A session for each request, closed whatever becomes of it. */
const db = dependency.resolve(function* () {
  const session = new Session();
  try {
    yield session;
  } finally {
    session.close();
  }
});

const root = {
  list: procedure
    .use({ db })
    .route("GET /items/")
    .output({ is_open: z.boolean() })
    .query(({ db }) => ({ is_open: db.isOpen })),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
