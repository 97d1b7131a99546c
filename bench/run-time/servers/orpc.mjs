import { createServer } from "node:http";
import { OpenAPIHandler } from "@orpc/openapi/node";
import { os } from "@orpc/server";
import * as z from "zod";
import { createItem, hello, listItems, readItem } from "../data.mjs";
import * as schemas from "../schemas/zod.mjs";
import { host, port } from "./address.mjs";

const handler = new OpenAPIHandler({
  hello: os.route({ method: "GET", path: "/" }).output(schemas.HelloReply).handler(hello),
  list: os.route({ method: "GET", path: "/items" }).output(schemas.ListReply).handler(listItems),
  read: os
    .route({ method: "GET", path: "/items/{id}" })
    .input(z.object({ ...schemas.Path.shape, ...schemas.Query.shape }))
    .output(schemas.ReadReply)
    .handler(({ input }) => readItem(input.id, input.q, input.limit)),
  create: os
    .route({ method: "POST", path: "/items" })
    .input(schemas.Item)
    .output(schemas.CreateReply)
    .handler(({ input }) => createItem(input)),
});

createServer(async (request, response) => {
  const { matched } = await handler.handle(request, response);
  if (!matched) {
    response.writeHead(404, { "content-type": "application/json" });
    response.end('{"error":"not found"}');
  }
}).listen(port, host);
