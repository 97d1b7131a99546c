import { objectOf, type Operation, type RequestBody } from "@tenon/core";
import { readSchema } from "@tenon/core/wire";
import { innerKind } from "../request/inner-kind.ts";

/**
 * The same operation as its canonical address reads it: headers and cookies as they are, everything else as one flat JSON
 * object. A body with files stays multipart, with the other keys as parts of it.
 */
export function rpcOperation(operation: Operation): Operation {
  const isOutside = (location: string): boolean => location === "header" || location === "cookie";
  const parameters = operation.parameters.filter((parameter) => isOutside(parameter.in));
  const models = operation.models.filter((model) => isOutside(model.in));
  const fields = new Map<string, unknown>();
  for (const [key, field] of operation.input) {
    if (field.place !== "header" && field.place !== "cookie") {
      fields.set(key, field.schema);
    }
  }
  return { ...operation, parameters, models, body: bodyOf(operation, fields) };
}

// What a multipart part can say as plain text; everything else is a JSON part.
const TEXT_KINDS = new Set(["string", "number", "boolean", "bigint", "date", "enum", "literal", "url"]);

function bodyOf(operation: Operation, fields: ReadonlyMap<string, unknown>): RequestBody | undefined {
  if (operation.body?.kind === "form" && operation.body.fields.some(({ kind }) => kind.startsWith("file"))) {
    const known = new Set(operation.body.fields.map(({ key }) => key));
    const others = [...fields].filter(([key]) => !known.has(key));
    return {
      kind: "form",
      encoding: "multipart",
      fields: [
        ...operation.body.fields,
        ...others.map(([key, schema]) => ({ key, name: key, schema, kind: partKind(schema) })),
      ],
    };
  }
  return fields.size === 0
    ? undefined
    : { kind: "object", fields, schema: objectOf(fields, operation.procedure.isStrict) };
}

function partKind(schema: unknown): "text" | "json" {
  return TEXT_KINDS.has(innerKind(readSchema(schema))) ? "text" : "json";
}
