import { bodyValue, returned, zodBody, zodPath, zodQuery } from "../model.mjs";

/** Hono with zValidator and its client, hc. It has no output schema, so the handler's literals need `as const`. */
export const hono = {
  label: "Hono + zValidator + hc",
  files: (modules) => ({
    ...Object.fromEntries(modules.map((module) => [`${module.name}.ts`, moduleText(module)])),
    "router.ts": `import { Hono } from "hono";
${modules.map(({ name }) => `import { ${name} } from "./${name}.ts";`).join("\n")}
export const router = new Hono()
${modules.map(({ name }) => `  .route("/${name}", ${name})`).join("\n")};
export type AppRouter = typeof router;
`,
  }),
  clients: {
    rest: {
      head: `import { hc } from "hono/client";
import type { AppRouter } from "./server/router.ts";
const client = hc<AppRouter>("http://127.0.0.1");
function data<T>(result: T): Exclude<T, { success: false }> {
  return result as never;
}`,
      call: (procedure) =>
        `client.${procedure.module}.${procedure.name}[":id"].$${procedure.method.toLowerCase()}` +
        `({ param: { id: "x" }, query: { q: "y" }${procedure.hasBody ? `, json: { ${bodyValue(procedure)} }` : ""} })`,
      data: (expression) => `data(await (${expression}).json())`,
    },
  },
};

const moduleText = ({ name: module, procedures }) => `import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import { z } from "zod";
export const ${module} = new Hono()
${procedures.map((procedure) => `  ${procedureText(procedure)}`).join("\n")};
`;

function procedureText(procedure) {
  const validators = [
    `zValidator("param", z.object({ ${zodPath} }))`,
    `zValidator("query", z.object({ ${zodQuery} }))`,
    ...(procedure.hasBody ? [`zValidator("json", z.object({ ${zodBody(procedure)} }))`] : []),
  ];
  const reply = returned(
    procedure,
    'c.req.valid("param").id',
    'c.req.valid("query").q',
    'c.req.valid("json")',
  )
    .replace('kind: "a"', 'kind: "a" as const')
    .replace("tags: []", "tags: [] as string[]")
    .replace("note: null", "note: null as string | null");
  const path = procedure.path.replace("{id}", ":id");
  return `.${procedure.method.toLowerCase()}("${path}", ${validators.join(", ")}, (c) => c.json(${reply}, 200))`;
}
