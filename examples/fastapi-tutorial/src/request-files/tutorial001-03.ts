import { file, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const root = {
  files: procedure
    .route("POST /files/")
    .input({ file: file(z.file().meta({ description: "A file read as bytes" })) })
    .output({ file_size: z.int() })
    .mutation(({ input }) => ({ file_size: input.file.size })),
  upload: procedure
    .route("POST /uploadfile/")
    .input({ file: file(z.file().meta({ description: "A file read as UploadFile" })) })
    .output({ filename: z.string() })
    .mutation(({ input }) => ({ filename: input.file.name })),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
