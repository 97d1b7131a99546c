import { returned, sectionsValue, zodOutput, zodSections } from "../model.mjs";

export const trpc = {
  label: "tRPC",
  files: (modules) => ({
    "base.ts":
      'import { initTRPC } from "@trpc/server";\nexport const t = initTRPC.context<{ db: string }>().create();\n',
    ...Object.fromEntries(modules.map((module) => [`${module.name}.ts`, moduleText(module)])),
    "router.ts": `import { t } from "./base.ts";
${modules.map(({ name }) => `import { ${name} } from "./${name}.ts";`).join("\n")}
export const router = t.router({ ${modules.map(({ name }) => name).join(", ")} });
export type AppRouter = typeof router;
`,
  }),
  clients: {
    rpc: {
      head: `import { createTRPCClient } from "@trpc/client";
import type { AppRouter } from "./server/router.ts";
const client = createTRPCClient<AppRouter>({ links: [] });`,
      call: (procedure) =>
        `client.${procedure.module}.${procedure.name}.${procedure.hasBody ? "mutate" : "query"}(${sectionsValue(procedure)})`,
    },
  },
};

const moduleText = ({ name: module, procedures }) => `import { z } from "zod";
import { t } from "./base.ts";
export const ${module} = t.router({
${procedures.map((procedure) => `  ${procedureText(procedure)},`).join("\n")}
});
`;

const procedureText = (procedure) =>
  `${procedure.name}: t.procedure.input(${zodSections(procedure)}).output(z.object({ ${zodOutput(procedure)} }))` +
  `.${procedure.hasBody ? "mutation" : "query"}` +
  `(({ input }) => (${returned(procedure, "input.params.id", "input.query.q", "input.body")}))`;
