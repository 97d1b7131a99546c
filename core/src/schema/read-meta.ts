import type { SchemaMeta } from "./node.ts";
import type { ZodSchema } from "./zod-schema.ts";

const NO_META: SchemaMeta = Object.freeze({});

/** Reads what the author said with `.meta()`, `.describe()` or `z.globalRegistry.add`. */
export function readMeta(schema: ZodSchema): SchemaMeta {
  if (typeof schema.meta === "function") {
    return schema.meta() ?? NO_META;
  }
  // zod/mini schemas have no `.meta()` of their own; zod keeps its registry on the global object.
  const registry = (globalThis as { __zod_globalRegistry?: MetaRegistry }).__zod_globalRegistry;
  return registry?.get(schema) ?? NO_META;
}

interface MetaRegistry {
  get(schema: ZodSchema): SchemaMeta | undefined;
}
