import { timingSafeEqual } from "node:crypto";
import { dependency, procedure, router, security, unauthenticated } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const same = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

const username = dependency
  .use({ credential: security.basic({ challenge: "Basic" }) })
  .resolve(({ credential }) => {
    if (!same(credential.username, "stanleyjobson") || !same(credential.password, "swordfish")) {
      throw unauthenticated({ detail: "Incorrect username or password", challenge: "Basic" });
    }
    return credential.username;
  });

const root = {
  me: procedure
    .use({ username })
    .route("GET /users/me")
    .output({ username: z.string() })
    .query(({ username }) => ({ username })),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
