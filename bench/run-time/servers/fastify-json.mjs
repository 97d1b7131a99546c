// Fastify's best case: ajv in, fast-json-stringify out (which filters and coerces, but does not validate).
import Fastify from "fastify";
import { createItem, hello, listItems, readItem } from "../data.mjs";
import * as schemas from "../schemas/json.mjs";
import { host, port } from "./address.mjs";

const app = Fastify({ logger: false });
app.setErrorHandler((error, _request, reply) =>
  reply.code(error.validation ? 422 : (error.statusCode ?? 500)).send({ error: error.message }),
);
app.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: "not found" }));

app.get("/", { schema: { response: { 200: schemas.HelloReply } } }, (_request, reply) => {
  reply.send(hello());
});
app.get("/items", { schema: { response: { 200: schemas.ListReply } } }, (_request, reply) => {
  reply.send(listItems());
});
app.get(
  "/items/:id",
  {
    schema: { params: schemas.Path, querystring: schemas.Query, response: { 200: schemas.ReadReply } },
  },
  (request, reply) => {
    reply.send(readItem(request.params.id, request.query.q, request.query.limit));
  },
);
app.post(
  "/items",
  { schema: { body: schemas.Item, response: { 200: schemas.CreateReply } } },
  (request, reply) => {
    reply.send(createItem(request.body));
  },
);

await app.listen({ host, port });
