import type { Operation, Parameter } from "../operation/operation.ts";
import type { SchemaNode } from "../schema/node.ts";
import { inputPresence } from "../schema/optionality.ts";
import { readSchema } from "../schema/read-schema.ts";

/** Tells whether any input of an operation can be refused, so that 422 belongs into its document. */
export function canInputFail({ parameters, models, body, procedure }: Operation): boolean {
  return (
    procedure.refinements.length > 0 ||
    parameters.some(canParameterFail) ||
    models.some(({ in: location, schema }) => location !== "header" && isStrict(readSchema(schema))) ||
    // Even one that may be anything may be missing.
    body !== undefined
  );
}

function canParameterFail({ in: location, schema, style }: Parameter): boolean {
  const node = readSchema(schema);
  // A path always has its parameters, a header is joined, and a cookie is read once; a query may repeat a name.
  const canBeAbsent = location !== "path" && inputPresence(node) === "required";
  return canBeAbsent || (location === "query" && style !== "repeated") || canRefuseText(node);
}

function isStrict(node: SchemaNode): boolean {
  return node.kind === "object" && node.unknownKeys === "strict";
}

/** Any text is fine for a string or an unknown without checks, and for what falls back on a value. */
function canRefuseText(node: SchemaNode): boolean {
  if (node.kind === "catch") {
    return false;
  }
  if (node.checks.some((check) => check.kind !== "overwrite")) {
    return true;
  }
  switch (node.kind) {
    case "string":
    case "unknown":
      return false;
    case "array":
    case "set":
      return canRefuseText(node.element);
    case "optional":
    case "nullable":
    case "nonoptional":
    case "readonly":
    case "default":
    case "prefault":
      return canRefuseText(node.inner);
    default:
      return true;
  }
}
