// Fastify with zod on both sides, as fastify-type-provider-zod documents it.
import { stat } from "node:fs/promises";
import formBody from "@fastify/formbody";
import multipart from "@fastify/multipart";
import Fastify from "fastify";
import {
  hasZodFastifySchemaValidationErrors,
  serializerCompiler,
  validatorCompiler,
} from "fastify-type-provider-zod";
import { createItem, hello, listItems, readItem } from "../data.mjs";
import * as schemas from "../schemas/zod.mjs";
import { host, port } from "./address.mjs";

const app = Fastify({ logger: false });
app.setValidatorCompiler(validatorCompiler);
app.setSerializerCompiler(serializerCompiler);
app.setErrorHandler((error, _request, reply) =>
  reply
    .code(hasZodFastifySchemaValidationErrors(error) ? 422 : (error.statusCode ?? 500))
    .send({ error: error.message }),
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

await app.register(formBody);
await app.register(multipart, { limits: { fileSize: 20_000_000 } });
app.post(
  "/login",
  { schema: { body: schemas.LoginForm, response: { 200: schemas.LoginReply } } },
  (request, reply) => {
    reply.send(request.body);
  },
);
app.post("/count", { schema: { response: { 200: schemas.UploadReply } } }, async (request) => {
  const { file } = await request.file();
  let size = 0;
  for await (const chunk of file) size += chunk.length;
  return { size };
});
app.post("/upload", { schema: { response: { 200: schemas.UploadReply } } }, async (request) => {
  const { files } = await request.saveRequestFiles();
  return { size: (await stat(files[0].filepath)).size };
});
app.get(
  "/search",
  { schema: { querystring: schemas.SearchQuery, response: { 200: schemas.SearchReply } } },
  (request, reply) => {
    reply.send(request.query);
  },
);

await app.listen({ host, port });
