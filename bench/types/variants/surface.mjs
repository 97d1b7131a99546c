import { readFileSync } from "node:fs";

/** Where the generated Tenon apps import from: the packages, from source as their tests do. */
export const packages = {
  core: "@tenon/core",
  server: "@tenon/server",
  client: "@tenon/client",
  compilerOptions: { customConditions: ["tenon-source"], types: ["node"] },
  files: {},
  routePrefix: () => "",
  token: { input: "", options: ', { headers: { "x-token": "t" } }' },
};

/**
 * A single file with types only, such as the experiment behind TYPES.md: to compare a design with the packages.
 * That experiment writes routes in full and takes header keys in the flat input.
 */
export const kernel = (file) => ({
  core: "./kernel.ts",
  server: "./kernel.ts",
  client: "./server/kernel.ts",
  compilerOptions: {},
  files: { "kernel.ts": readFileSync(file, "utf8") },
  routePrefix: (module) => `/${module}`,
  token: { input: ', token: "t"', options: "" },
});
