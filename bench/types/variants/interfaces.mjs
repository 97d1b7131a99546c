import { returned, sectionsValue } from "../model.mjs";

const bodyType = ({ index }) =>
  `{ title: string; qty_${index}: number; kind: "a" | "b" | "c"; tags: string[]; note?: string | undefined }`;

const outputType = ({ index }) =>
  `{ id: string; title_${index}: string; qty: number; kind: "a" | "b" | "c"; tags: string[]; active: boolean; ` +
  "note: string | null; createdAt: string }";

/** Interfaces by hand: the least that any typed API costs. */
export const interfaces = {
  label: "plain interfaces",
  files: (modules) => ({
    ...Object.fromEntries(modules.map((module) => [`${module.name}.ts`, moduleText(module)])),
    "router.ts": `${modules.map(({ name }) => `import type { ${name} } from "./${name}.ts";`).join("\n")}
export interface AppRouter {
${modules.map(({ name }) => `  ${name}: ${name};`).join("\n")}
}
`,
  }),
  clients: {
    rpc: {
      head: 'import type { AppRouter } from "./server/router.ts";\ndeclare const client: AppRouter;',
      call: (procedure) => `client.${procedure.module}.${procedure.name}(${sectionsValue(procedure)})`,
    },
  },
};

const moduleText = ({ name: module, procedures }) => `${procedures.map(procedureText).join("\n")}
export interface ${module} {
${procedures.map(({ name }) => `  ${name}(input: ${name}_In): Promise<${name}_Out>;`).join("\n")}
}
`;

function procedureText(procedure) {
  const { name } = procedure;
  const body = procedure.hasBody ? `; body: ${bodyType(procedure)}` : "";
  return `export interface ${name}_In { params: { id: string }; query: { q?: string | undefined; sort?: "asc" | "desc" | undefined }${body} }
export interface ${name}_Out ${outputType(procedure)}
export async function ${name}(input: ${name}_In): Promise<${name}_Out> { return ${returned(procedure, "input.params.id", "input.query.q", "input.body")}; }`;
}
