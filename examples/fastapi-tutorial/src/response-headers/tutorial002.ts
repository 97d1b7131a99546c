import { procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const root = {
  list: procedure
    .route("GET /headers-and-object/")
    .output({ message: z.string() })
    .responseHeaders({ "x-cat-dog": z.string() })
    .query(({ ctx }) => {
      ctx.response.headers.set("x-cat-dog", "alone in the world");
      return { message: "Hello World" };
    }),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
