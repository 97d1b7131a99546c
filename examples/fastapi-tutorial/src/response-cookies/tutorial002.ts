import { procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const routes = {
  create: procedure
    .route("POST /cookie-and-object/")
    .output({ message: z.string() })
    .mutation(({ ctx }) => {
      ctx.cookies.set("fakesession", "fake-cookie-session-value");
      return { message: "Come to the dark side, we have cookies" };
    }),
};

export const app = createApp({ root: router(routes, { prefix: "" }) }, { semantics: fastapi() });
