// Express has no validation of its own: zod by hand on both sides; ETags off, as no other server here makes them.
import express from "express";
import { createItem, hello, listItems, readItem } from "../data.mjs";
import * as schemas from "../schemas/zod.mjs";
import { host, port } from "./address.mjs";

const app = express();
app.disable("x-powered-by");
app.disable("etag");

app.get("/", (_request, response) => {
  response.json(schemas.HelloReply.parse(hello()));
});
app.get("/items", (_request, response) => {
  response.json(schemas.ListReply.parse(listItems()));
});
app.get("/items/:id", (request, response) => {
  const path = schemas.Path.safeParse(request.params);
  const query = schemas.Query.safeParse(request.query);
  const issues = [path, query].flatMap((result) => result.error?.issues ?? []);
  if (issues.length > 0) return response.status(422).json({ error: issues });
  const { q, limit } = query.data;
  response.json(schemas.ReadReply.parse(readItem(path.data.id, q, limit)));
});
app.post("/items", express.json(), (request, response) => {
  const body = schemas.Item.safeParse(request.body);
  if (!body.success) return response.status(422).json({ error: body.error.issues });
  response.json(schemas.CreateReply.parse(createItem(body.data)));
});
app.post("/login", express.urlencoded({ extended: false }), (request, response) => {
  const body = schemas.LoginForm.safeParse(request.body);
  if (!body.success) return response.status(422).json({ error: body.error.issues });
  response.json(schemas.LoginReply.parse(body.data));
});
app.get("/search", (request, response) => {
  const query = schemas.SearchQuery.safeParse(request.query);
  if (!query.success) return response.status(422).json({ error: query.error.issues });
  response.json(schemas.SearchReply.parse(query.data));
});
app.use((_request, response) => {
  response.status(404).json({ error: "not found" });
});
app.use((error, _request, response, _next) => {
  response.status(error.status ?? 500).json({ error: error.message });
});

app.listen(port, host);
