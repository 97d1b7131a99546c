import { returned, sectionsValue, zodOutput, zodSections } from "../model.mjs";

/** oRPC with detailed input and RouterClient. */
export const orpc = {
  label: "oRPC",
  files: (modules) => ({
    "base.ts": 'import { os } from "@orpc/server";\nexport const base = os.$context<{ db: string }>();\n',
    ...Object.fromEntries(modules.map((module) => [`${module.name}.ts`, moduleText(module)])),
    "router.ts": `${modules.map(({ name }) => `import { ${name} } from "./${name}.ts";`).join("\n")}
export const router = { ${modules.map(({ name }) => name).join(", ")} };
export type AppRouter = typeof router;
`,
  }),
  clients: {
    rpc: {
      head: `import { createORPCClient } from "@orpc/client";
import type { RouterClient } from "@orpc/server";
import type { AppRouter } from "./server/router.ts";
declare const link: any;
const client: RouterClient<AppRouter> = createORPCClient(link);`,
      call: (procedure) => `client.${procedure.module}.${procedure.name}(${sectionsValue(procedure)})`,
    },
  },
};

const moduleText = ({ name: module, procedures }) => `import { z } from "zod";
import { base } from "./base.ts";
export const ${module} = {
${procedures.map((procedure) => `  ${procedureText(module, procedure)},`).join("\n")}
};
`;

const procedureText = (module, procedure) =>
  `${procedure.name}: base.route({ method: "${procedure.method}", path: "/${module}${procedure.path}", inputStructure: "detailed" })` +
  `.input(${zodSections(procedure)}).output(z.object({ ${zodOutput(procedure)} }))` +
  `.handler(({ input }) => (${returned(procedure, "input.params.id", "input.query.q", "input.body")}))`;
