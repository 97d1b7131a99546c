import { file, form, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const root = {
  files: procedure
    .route("POST /files/")
    .input({ file: file(), fileb: file(), token: form(z.string()) })
    .output({ file_size: z.int(), token: z.string(), fileb_content_type: z.string() })
    .mutation(({ input }) => ({
      file_size: input.file.size,
      token: input.token,
      fileb_content_type: input.fileb.type,
    })),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
