/**
 * Who takes part: the server's file and how it is set up. `optional` ones run only when `--only` names them.
 * @typedef {{ label: string, file: string, packages: string[], flags?: string[], rpc?: boolean, optional?: boolean }} Contestant
 */

/** @type {Record<string, Contestant>} */
export const contestants = {
  raw: { label: "node:http by hand", file: "raw.mjs", packages: [] },
  tenon: { label: "Tenon", file: "tenon.mjs", packages: ["@tenon/server"] },
  "tenon-no-eval": {
    label: "Tenon where code generation is forbidden",
    file: "tenon.mjs",
    packages: ["@tenon/server"],
    flags: ["--disallow-code-generation-from-strings"],
    optional: true,
  },
  "fastify-json": {
    label: "Fastify, JSON schema (filters, does not validate output)",
    file: "fastify-json.mjs",
    packages: ["fastify"],
  },
  "fastify-zod": {
    label: "Fastify + zod",
    file: "fastify-zod.mjs",
    packages: ["fastify", "fastify-type-provider-zod"],
  },
  "hono-zod": {
    label: "Hono + zod-openapi, output parsed by hand",
    file: "hono-zod.mjs",
    packages: ["hono", "@hono/zod-openapi", "@hono/node-server"],
  },
  orpc: { label: "oRPC OpenAPIHandler", file: "orpc.mjs", packages: ["@orpc/server", "@orpc/openapi"] },
  trpc: { label: "tRPC standalone", file: "trpc.mjs", packages: ["@trpc/server"], rpc: true },
  "express-zod": { label: "Express + zod by hand", file: "express-zod.mjs", packages: ["express"] },
};
