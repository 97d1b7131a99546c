import { procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const root = {
  list: procedure
    .route("GET /headers/")
    .output({ message: z.string() })
    .responseHeaders({ "x-cat-dog": z.string(), "content-language": z.string() })
    .query(({ ctx }) => {
      ctx.response.headers.set("x-cat-dog", "alone in the world");
      ctx.response.headers.set("content-language", "en-US");
      return { message: "Hello World" };
    }),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
