import openapiTS, { astToString } from "openapi-typescript";
import { bodyValue } from "../model.mjs";

const text = { type: "string" };
const kind = { type: "string", enum: ["a", "b", "c"] };
const tags = { type: "array", items: text };
const json = (schema) => ({ content: { "application/json": { schema } } });

/** A document by hand, its types by openapi-typescript, its client openapi-fetch: no server types at all. */
export const openapiFetch = {
  label: "openapi-fetch",
  files: async (modules) => ({
    "paths.ts": astToString(await openapiTS(documentOf(modules))),
    "router.ts": 'export type { paths } from "./paths.ts";\n',
  }),
  clients: {
    rest: {
      head: `import createClient from "openapi-fetch";
import type { paths } from "./server/router.ts";
const client = createClient<paths>({ baseUrl: "http://127.0.0.1" });`,
      call: (procedure) =>
        `client.${procedure.method}("/${procedure.module}${procedure.path}", ` +
        `{ params: { path: { id: "x" }, query: { q: "y" } }${procedure.hasBody ? `, body: { ${bodyValue(procedure)} }` : ""} })`,
      data: (expression) => `(${expression}).data!`,
    },
  },
};

function documentOf(modules) {
  const paths = {};
  for (const { name, procedures } of modules) {
    for (const procedure of procedures) {
      paths[`/${name}${procedure.path}`] = { [procedure.method.toLowerCase()]: operationOf(name, procedure) };
    }
  }
  return { openapi: "3.1.0", info: { title: "Bench", version: "1.0.0" }, paths };
}

const operationOf = (module, procedure) => ({
  operationId: `${module}_${procedure.name}`,
  parameters: [
    { name: "id", in: "path", required: true, schema: text },
    { name: "q", in: "query", schema: text },
    { name: "sort", in: "query", schema: { type: "string", enum: ["asc", "desc"] } },
  ],
  ...(procedure.hasBody && { requestBody: { required: true, ...json(bodyOf(procedure)) } }),
  responses: { 200: { description: "ok", ...json(outputOf(procedure)) } },
});

const bodyOf = ({ index }) => ({
  type: "object",
  required: ["title", `qty_${index}`, "kind", "tags"],
  properties: { title: text, [`qty_${index}`]: { type: "number" }, kind, tags, note: text },
});

function outputOf({ index }) {
  const properties = {
    id: text,
    [`title_${index}`]: text,
    qty: { type: "number" },
    kind,
    tags,
    active: { type: "boolean" },
    note: { type: ["string", "null"] },
    createdAt: { type: "string", format: "date-time" },
  };
  return { type: "object", required: Object.keys(properties), properties };
}
