import { file, form, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { serve } from "@tenon/server/node";
import { createItem, hello, listItems, readItem } from "../data.mjs";
import * as schemas from "../schemas/zod.mjs";
import { host, port } from "./address.mjs";

const home = router(
  { read: procedure.route("GET /").output(schemas.HelloReply).query(hello) },
  { prefix: "" },
);

const items = {
  list: procedure.output(schemas.ListReply).query(listItems),
  read: procedure
    .input({ id: schemas.Id, q: schemas.SearchText.optional(), limit: schemas.Limit.default(10) })
    .output(schemas.ReadReply)
    .query(({ input }) => readItem(input.id, input.q, input.limit)),
  create: procedure
    .input(schemas.Item)
    .output(schemas.CreateReply)
    .status(200)
    .mutation(({ input }) => createItem(input)),
};

const { name, email, age, remember, interest } = schemas.LoginFields;
const forms = {
  login: procedure
    .route("POST /login")
    .input({
      name: form(name),
      email: form(email),
      age: form(age),
      remember: form(remember),
      interest: form(interest),
    })
    .output(schemas.LoginReply)
    .mutation(({ input }) => input),
  count: procedure
    .route("POST /count")
    .input({ file: file.stream({ maxBytes: 20_000_000 }) })
    .output(schemas.UploadReply)
    .mutation(async ({ input }) => {
      let size = 0;
      for await (const chunk of input.file) size += chunk.length;
      return { size };
    }),
  upload: procedure
    .route("POST /upload")
    .input({ file: file({ maxBytes: 20_000_000 }) })
    .output(schemas.UploadReply)
    .mutation(({ input }) => ({ size: input.file.size })),
  search: procedure
    .route("GET /search")
    .input(schemas.SearchFields)
    .output(schemas.SearchReply)
    .query(({ input }) => input),
};

await serve(
  createApp(
    { home, items, forms: router(forms, { prefix: "" }) },
    { info: { title: "Bench", version: "1.0.0" } },
  ),
  { host, port },
);
