import { procedure, router } from "@tenon/core";
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

await serve(createApp({ home, items }, { info: { title: "Bench", version: "1.0.0" } }), { host, port });
