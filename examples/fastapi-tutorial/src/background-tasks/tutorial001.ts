import { appendFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const LOG = join(tmpdir(), "tutorial-log.txt");

const root = {
  notify: procedure
    .route("POST /send-notification/{email}")
    .input({ email: z.string() })
    .output({ message: z.string() })
    .mutation(({ input, ctx }) => {
      ctx.after(() => appendFile(LOG, `notification for ${input.email}: some notification\n`));
      return { message: "Notification sent in the background" };
    }),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
