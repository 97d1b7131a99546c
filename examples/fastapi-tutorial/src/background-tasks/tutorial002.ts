import { appendFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dependency, procedure, query, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const LOG = join(tmpdir(), "tutorial-log.txt");
const log = (line: string): Promise<void> => appendFile(LOG, `${line}\n`);

/** What is asked for is noted, once the reply is on its way. */
const searched = dependency.input({ q: query(z.string().optional()) }).resolve(({ input, ctx }) => {
  if (input.q) {
    const { q } = input;
    ctx.after(() => log(`found query: ${q}`));
  }
  return input.q;
});

const root = {
  notify: procedure
    .use({ searched })
    .route("POST /send-notification/{email}")
    .input({ email: z.string() })
    .output({ message: z.string() })
    .mutation(({ input, searched, ctx }) => {
      ctx.after(() => log(`message to ${input.email}`));
      return { message: searched ? `Message sent, query: ${searched}` : "Message sent" };
    }),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
