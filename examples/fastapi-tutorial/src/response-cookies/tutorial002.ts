import { procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const root = {
  create: procedure
    .route("POST /cookie-and-object/")
    .output({ message: z.string() })
    .responseCookies("fakesession")
    .mutation(({ ctx }) => {
      ctx.cookies.set("fakesession", "fake-cookie-session-value");
      return { message: "Come to the dark side, we have cookies" };
    }),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
