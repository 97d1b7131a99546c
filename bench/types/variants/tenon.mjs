import { bodyValue, returned, zodBody, zodOutput, zodPath, zodQuery } from "../model.mjs";
import { packages } from "./surface.mjs";

const ERRORS =
  ".errors({ GONE: { status: 404, data: { message: z.string() } }, CLASH: { status: 409, data: { conflictWith: z.number() } } })";

/** `use` alone, with the naming table. */
export const plain = (surface) => build("Tenon", surface, { use: ["db"] });

/** Both dependencies, tags, an explicit route and two errors on each procedure. */
export const everything = (surface) =>
  build("Tenon, everything at once", surface, {
    use: ["db", "user"],
    hasTags: true,
    hasRoute: true,
    hasErrors: true,
  });

/** `z.object` in every slot instead of raw shapes. */
export const objects = (surface) =>
  build("Tenon, z.object in every slot", surface, { use: ["db"], isObject: true });

function build(label, surface = packages, form) {
  return {
    label,
    compilerOptions: surface.compilerOptions,
    files: (modules) => ({
      ...surface.files,
      "lib.ts": dependencies(surface),
      "router.ts": app(surface, modules),
      ...Object.fromEntries(
        modules.map((module) => [`${module.name}.ts`, routerModule(surface, form, module)]),
      ),
    }),
    clients: {
      rpc: {
        head: client(surface),
        call: (procedure) => rpcCall(surface, form, procedure),
        incomplete: ({ module, name }) => `client.${module}.${name}({ })`,
      },
      rest: {
        head: `${client(surface)}
function data<T>(result: T): Extract<T, { ok: true }> extends { data: infer Data } ? Data : never {
  return result as never;
}`,
        call: (procedure) => restCall(form, procedure),
        incomplete: ({ module, method }) => `client.${method}("/${module}/{id}", { path: { } })`,
        data: (expression) => `data(${expression})`,
      },
    },
  };
}

const dependencies = ({ core }) => `import { z } from "zod";
import { dependency, header } from "${core}";
export const db = dependency.resolve(async function* () {
  yield { get(id: string): string { return id; } };
});
export const user = dependency
  .input({ token: header("x-token", z.string()) })
  .errors({ EXPIRED: { status: 401, data: z.string() } })
  .resolve(() => ({ name: "x" }));
`;

function routerModule(surface, form, { name: module, procedures }) {
  const lines = procedures.map((procedure) => {
    const route = form.hasRoute
      ? `.route("${procedure.method} ${surface.routePrefix(module)}${procedure.path}")`
      : "";
    const output = form.isObject ? `z.object({ ${zodOutput(procedure)} })` : `{ ${zodOutput(procedure)} }`;
    const input = form.isObject ? `z.object({ ${keys(form, procedure)} })` : `{ ${keys(form, procedure)} }`;
    return (
      `export const ${procedure.name} = procedure.use({ ${form.use.join(", ")} })${route}.input(${input})` +
      `.output(${output})${form.hasErrors ? ERRORS : ""}.${procedure.hasBody ? "mutation" : "query"}` +
      `(({ input }) => (${returned(procedure, "input.id", "input.q", "input")}));`
    );
  });
  const imports = form.hasTags ? "procedure, query" : "procedure";
  return `import { z } from "zod";
import { ${imports} } from "${surface.core}";
import { ${form.use.join(", ")} } from "./lib.ts";
${lines.join("\n")}
`;
}

function keys(form, procedure) {
  const query =
    form.hasTags && procedure.hasBody
      ? 'q: query(z.string().min(1).optional()), sort: query(z.enum(["asc", "desc"]).optional())'
      : zodQuery;
  return `${zodPath}, ${query}${procedure.hasBody ? `, ${zodBody(procedure)}` : ""}`;
}

const app = ({ server }, modules) => `import { createApp } from "${server}";
${modules.map(({ name }) => `import * as ${name} from "./${name}.ts";`).join("\n")}
export const app = createApp({
${modules.map(({ name }) => `  ${name},`).join("\n")}
});
export type App = typeof app;
`;

const client = (surface) => `import { createClient } from "${surface.client}";
import type { App } from "./server/router.ts";
const client = createClient<App>({ url: "http://127.0.0.1" });`;

const takesToken = (form) => form.use.includes("user");

function rpcCall(surface, form, procedure) {
  const body = procedure.hasBody ? `, ${bodyValue(procedure)}` : "";
  const { input, options } = takesToken(form) ? surface.token : { input: "", options: "" };
  return `client.${procedure.module}.${procedure.name}({ id: "x", q: "y"${input}${body} }${options})`;
}

function restCall(form, procedure) {
  const { sections, method, path } = form.hasRoute
    ? { method: procedure.method, path: procedure.path, sections: explicitSections(procedure) }
    : conventional(procedure);
  const headers = takesToken(form) ? ', headers: { "x-token": "t" }' : "";
  return `client.${method}("/${procedure.module}${path}", { ${sections}${headers} })`;
}

const explicitSections = (procedure) =>
  `path: { id: "x" }, query: { q: "y" }${procedure.hasBody ? `, body: { ${bodyValue(procedure)} }` : ""}`;

/** Where the naming table puts a procedure without a body; the client calls no others by this form. */
function conventional(procedure) {
  if (procedure.hasBody)
    throw new Error(`the table is not spelled out here for '${procedure.name}', which has a body`);
  if (procedure.name === "read")
    return { method: "GET", path: "/{id}", sections: 'path: { id: "x" }, query: { q: "y" }' };
  const path = procedure.name === "list" ? "" : `/${procedure.name}`;
  return { method: "GET", path, sections: 'query: { id: "x", q: "y" }' };
}
