// zod-openapi validates requests but not responses: `checked` adds the output parse, so that the work is equal.
import { serve } from "@hono/node-server";
import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import { createItem, hello, listItems, readItem } from "../data.mjs";
import * as schemas from "../schemas/zod.mjs";
import { host, port } from "./address.mjs";

const json = (schema) => ({ content: { "application/json": { schema } } });
const responses = (schema) => ({ 200: { description: "ok", ...json(schema) } });
const checked = (context, schema, value) => context.json(schema.parse(value));

const app = new OpenAPIHono({
  defaultHook: (result, context) =>
    result.success ? undefined : context.json({ error: result.error.issues }, 422),
});
app.notFound((context) => context.json({ error: "not found" }, 404));

app.openapi(createRoute({ method: "get", path: "/", responses: responses(schemas.HelloReply) }), (context) =>
  checked(context, schemas.HelloReply, hello()),
);
app.openapi(
  createRoute({ method: "get", path: "/items", responses: responses(schemas.ListReply) }),
  (context) => checked(context, schemas.ListReply, listItems()),
);
app.openapi(
  createRoute({
    method: "get",
    path: "/items/{id}",
    request: { params: schemas.Path, query: schemas.Query },
    responses: responses(schemas.ReadReply),
  }),
  (context) => {
    const { q, limit } = context.req.valid("query");
    return checked(context, schemas.ReadReply, readItem(context.req.valid("param").id, q, limit));
  },
);
app.openapi(
  createRoute({
    method: "post",
    path: "/items",
    request: { body: { required: true, ...json(schemas.Item) } },
    responses: responses(schemas.CreateReply),
  }),
  (context) => checked(context, schemas.CreateReply, createItem(context.req.valid("json"))),
);

app.openapi(
  createRoute({
    method: "post",
    path: "/login",
    request: {
      body: {
        required: true,
        content: { "application/x-www-form-urlencoded": { schema: schemas.LoginForm } },
      },
    },
    responses: responses(schemas.LoginReply),
  }),
  (context) => checked(context, schemas.LoginReply, context.req.valid("form")),
);
app.post("/upload", async (context) => {
  const { file } = await context.req.parseBody();
  return checked(context, schemas.UploadReply, { size: file.size });
});
app.openapi(
  createRoute({
    method: "get",
    path: "/search",
    request: { query: schemas.SearchQuery },
    responses: responses(schemas.SearchReply),
  }),
  (context) => checked(context, schemas.SearchReply, context.req.valid("query")),
);

serve({ fetch: app.fetch, hostname: host, port });
