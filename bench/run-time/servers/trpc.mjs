import { initTRPC } from "@trpc/server";
import { createHTTPServer } from "@trpc/server/adapters/standalone";
import * as z from "zod";
import { createItem, hello, listItems, readItem } from "../data.mjs";
import * as schemas from "../schemas/zod.mjs";
import { host, port } from "./address.mjs";

const { procedure, router } = initTRPC.create({ isDev: false });

createHTTPServer({
  router: router({
    hello: procedure.output(schemas.HelloReply).query(hello),
    list: procedure.output(schemas.ListReply).query(listItems),
    read: procedure
      .input(z.object({ ...schemas.Path.shape, ...schemas.Query.shape }))
      .output(schemas.ReadReply)
      .query(({ input }) => readItem(input.id, input.q, input.limit)),
    create: procedure
      .input(schemas.Item)
      .output(schemas.CreateReply)
      .mutation(({ input }) => createItem(input)),
  }),
}).listen(port, host);
