import { file, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const root = {
  files: procedure
    .route("POST /files/")
    .input({ file: z.optional(file()) })
    .output(z.union([z.object({ file_size: z.int() }), z.object({ message: z.string() })]))
    .mutation(({ input }) =>
      input.file === undefined ? { message: "No file sent" } : { file_size: input.file.size },
    ),
  upload: procedure
    .route("POST /uploadfile/")
    .input({ file: z.optional(file()) })
    .output(z.union([z.object({ filename: z.string() }), z.object({ message: z.string() })]))
    .mutation(({ input }) =>
      input.file === undefined ? { message: "No upload file sent" } : { filename: input.file.name },
    ),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
