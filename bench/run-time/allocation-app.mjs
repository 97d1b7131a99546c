import { procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { createItem, hello, item, listItems, readItem } from "./data.mjs";
import * as schemas from "./schemas/zod.mjs";

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

/** The application of the bench, without a socket. */
export const app = createApp({ home, items }, { openapi: false, docs: false });

const bytes = Buffer.from(JSON.stringify(item));

/** An exchange in memory: only what the pipeline itself allocates is counted. */
function exchange(method, target, body) {
  return {
    method,
    target,
    headerList: [],
    remoteAddress: "",
    platform: undefined,
    upgrade: undefined,
    hasBody: body !== undefined,
    header: (name) => (name === "content-type" && body !== undefined ? "application/json" : undefined),
    readBody: () => body,
    onAbort() {},
    onFinish() {},
  };
}

/** The scenarios of PERFORMANCE: path and query, body and model, long list, hello, not found, refused. */
export const requests = {
  S1: () => exchange("GET", "/items/123?q=hello&limit=25"),
  S2: () => exchange("POST", "/items", bytes),
  S3: () => exchange("GET", "/items"),
  S4a: () => exchange("GET", "/nope/x"),
  S4b: () => exchange("GET", "/items/abc?limit=1000"),
  S5: () => exchange("GET", "/"),
};
