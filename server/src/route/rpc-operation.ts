import { objectOf, type Operation, type RequestBody } from "@tenon/core";

/**
 * The same operation as its canonical address reads it: headers and cookies as they are, everything else as one flat JSON
 * object. A form body stays what it is, with the other keys as fields of it.
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

function bodyOf(operation: Operation, fields: ReadonlyMap<string, unknown>): RequestBody | undefined {
  if (operation.body?.kind === "form") {
    const known = new Set(operation.body.fields.map(({ key }) => key));
    const others = [...fields].filter(([key]) => !known.has(key));
    return {
      kind: "form",
      encoding: "multipart",
      fields: [
        ...operation.body.fields,
        ...others.map(([key, schema]) => ({ key, name: key, schema, kind: "json" as const })),
      ],
    };
  }
  return fields.size === 0
    ? undefined
    : { kind: "object", fields, schema: objectOf(fields, operation.procedure.isStrict) };
}
