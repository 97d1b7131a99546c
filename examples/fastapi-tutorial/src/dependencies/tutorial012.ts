import { dependency, header, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const verifyToken = dependency
  .input({ x_token: header("x-token", z.string()) })
  .errors({ BAD_TOKEN: { status: 400 } })
  .resolve(({ input, errors }) => {
    if (input.x_token !== "fake-super-secret-token") {
      throw errors.BAD_TOKEN({ detail: "X-Token header invalid" });
    }
  });

const verifyKey = dependency
  .input({ x_key: header("x-key", z.string()) })
  .errors({ BAD_KEY: { status: 400 } })
  .resolve(({ input, errors }) => {
    if (input.x_key !== "fake-super-secret-key") {
      throw errors.BAD_KEY({ detail: "X-Key header invalid" });
    }
  });

/** What every procedure of the application starts from. */
const verified = procedure.guard(verifyToken, verifyKey);

const items = {
  list: verified
    .route("GET /items/")
    .output(z.array(z.object({ item: z.string() })))
    .query(() => [{ item: "Portal Gun" }, { item: "Plumbus" }]),
};
const users = {
  list: verified
    .route("GET /users/")
    .output(z.array(z.object({ username: z.string() })))
    .query(() => [{ username: "Rick" }, { username: "Morty" }]),
};

export const routes = {
  items: router(items, { prefix: "" }),
  users: router(users, { prefix: "" }),
};

export const app = createApp(routes, { semantics: fastapi() });
