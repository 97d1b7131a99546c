import type { SchemaObject } from "openapi3-ts/oas31";
import type { Components } from "./components.ts";

/** The schema of what the typed client needs to revive the values of a reply. */
export function revivalMeta(components: Components): SchemaObject {
  return components.fixed("RevivalMeta", {
    type: "object",
    description: "What superjson needs to revive the dates, sets and other values that JSON does not have.",
    properties: { values: {}, v: { type: "integer" } },
  });
}
