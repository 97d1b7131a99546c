import { file, html, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const PAGE = `
<body>
<form action="/files/" enctype="multipart/form-data" method="post">
<input name="files" type="file" multiple>
<input type="submit">
</form>
<form action="/uploadfiles/" enctype="multipart/form-data" method="post">
<input name="files" type="file" multiple>
<input type="submit">
</form>
</body>
    `;

const root = {
  files: procedure
    .route("POST /files/")
    .input({ files: z.array(file()).meta({ description: "Multiple files as bytes" }) })
    .output({ file_sizes: z.array(z.int()) })
    .mutation(({ input }) => ({ file_sizes: input.files.map(({ size }) => size) })),
  upload: procedure
    .route("POST /uploadfiles/")
    .input({ files: z.array(file()).meta({ description: "Multiple files as UploadFile" }) })
    .output({ filenames: z.array(z.string()) })
    .mutation(({ input }) => ({ filenames: input.files.map(({ name }) => name) })),
  main: procedure
    .route("GET /")
    .output(html())
    .query(() => PAGE),
};

export const routes = { root: router(root, { prefix: "" }) };

// FastAPI knows nothing of a Response that a handler returns; its document says 200, any JSON.
export const app = createApp(routes, { semantics: fastapi({ undescribed: ["root.main"] }) });
