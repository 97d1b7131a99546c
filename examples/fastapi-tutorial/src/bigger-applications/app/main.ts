import { dependency, header, procedure, query, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const queryToken = dependency
  .input({ token: query(z.string()) })
  .errors({ NO_JESSICA: { status: 400 } })
  .resolve(({ input, errors }) => {
    if (input.token !== "jessica") {
      throw errors.NO_JESSICA({ detail: "No Jessica token provided" });
    }
  });

const headerToken = dependency
  .input({ x_token: header("x-token", z.string()) })
  .errors({ BAD_TOKEN: { status: 400 } })
  .resolve(({ input, errors }) => {
    if (input.x_token !== "fake-super-secret-token") {
      throw errors.BAD_TOKEN({ detail: "X-Token header invalid" });
    }
  });

const known = procedure.guard(queryToken);
const trusted = procedure.guard(headerToken, queryToken);

const users = {
  list: known
    .route("GET /users/")
    .output(z.array(z.object({ username: z.string() })))
    .query(() => [{ username: "Rick" }, { username: "Morty" }]),
  me: known
    .route("GET /users/me")
    .output({ username: z.string() })
    .query(() => ({ username: "fakecurrentuser" })),
  read: known
    .route("GET /users/{username}")
    .input({ username: z.string() })
    .output({ username: z.string() })
    .query(({ input }) => input),
};

const Name = z.object({ name: z.string() });
const stored: Readonly<Record<string, z.infer<typeof Name>>> = {
  plumbus: { name: "Plumbus" },
  gun: { name: "Portal Gun" },
};

const item = trusted.errors({ ITEM_NOT_FOUND: { status: 404, description: "Not found" } });

const items = {
  list: item
    .route("GET /items/")
    .output(z.record(z.string(), Name))
    .query(() => stored),
  read: item
    .route("GET /items/{item_id}")
    .input({ item_id: z.string() })
    .output({ name: z.string(), item_id: z.string() })
    .query(({ input: { item_id }, errors }) => {
      const found = stored[item_id];
      return found === undefined
        ? errors.ITEM_NOT_FOUND({ detail: "Item not found" })
        : { name: found.name, item_id };
    }),
  change: item
    .route("PUT /items/{item_id}")
    .input({ item_id: z.string() })
    .output({ item_id: z.string(), name: z.string() })
    .errors({ NOT_YOURS: { status: 403, description: "Operation forbidden" } })
    .doc({ tags: ["items", "custom"] })
    .mutation(({ input: { item_id }, errors }) =>
      item_id === "plumbus"
        ? { item_id, name: "The great Plumbus" }
        : errors.NOT_YOURS({ detail: "You can only update the item: plumbus" }),
    ),
};

const admin = {
  update: trusted
    .errors({ TEAPOT: { status: 418, description: "I'm a teapot" } })
    .route("POST /admin/")
    .output({ message: z.string() })
    .mutation(() => ({ message: "Admin getting schwifty" })),
};

const root = {
  hello: known
    .route("GET /")
    .output({ message: z.string() })
    .query(() => ({ message: "Hello Bigger Applications!" })),
};

export const routes = {
  users: router(users, { prefix: "", tags: ["users"] }),
  items: router(items, { prefix: "", tags: ["items"] }),
  admin: router(admin, { prefix: "", tags: ["admin"] }),
  root: router(root, { prefix: "" }),
};

export const app = createApp(routes, { semantics: fastapi() });
