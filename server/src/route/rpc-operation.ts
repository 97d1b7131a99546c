import { type FormField, objectOf, type Operation, type RequestBody } from "@tenon/core";
import { innermost, readSchema, type SchemaNode } from "@tenon/core/wire";

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

function bodyOf(
  { body, procedure }: Operation,
  fields: ReadonlyMap<string, unknown>,
): RequestBody | undefined {
  if (body?.kind === "form" && body.fields.some(holdsFile)) {
    const known = new Set(body.fields.map(({ key }) => key));
    const others = [...fields].filter(([key]) => !known.has(key));
    return {
      kind: "form",
      encoding: "multipart",
      // A file that is read as it arrives stays the last.
      fields: [...others.map(([key, schema]) => otherField(key, schema)), ...body.fields.map(byKey)],
      isStrict: procedure.isStrict,
    };
  }
  if (body?.kind === "raw" && body.form === "stream") {
    const others = [...fields].filter(([key]) => key !== body.key);
    return {
      kind: "form",
      encoding: "multipart",
      // What arrives while it is read comes last, as the one file of a form.
      fields: [...others.map(([key, schema]) => otherField(key, schema)), streamField(body)],
      isStrict: procedure.isStrict,
    };
  }
  if (fields.size === 0) {
    return undefined;
  }
  const schema = objectOf(fields, procedure.isStrict);
  return { kind: "object", fields, schema, described: schema };
}

function streamField({ key, schema, maxBytes }: RequestBody & { readonly kind: "raw" }): FormField {
  return {
    key,
    name: key,
    schema,
    isHidden: false,
    kind: "file-stream",
    maxBytes,
    types: [],
    fields: undefined,
  };
}

function holdsFile({ kind, fields }: FormField): boolean {
  return kind.startsWith("file") || (fields?.some(holdsFile) ?? false);
}

function otherField(key: string, schema: unknown): FormField {
  const kind = isText(readSchema(schema)) ? "text" : "json";
  return { key, name: key, schema, isHidden: false, kind, maxBytes: undefined, types: [], fields: undefined };
}

/** One plain text, or several of the same name. */
function isText(node: SchemaNode): boolean {
  const inner = innermost(node);
  return TEXT_KINDS.has(
    inner.kind === "array" || inner.kind === "set" ? innermost(inner.element).kind : inner.kind,
  );
}

/** The flat input knows keys only; objects that hold files name their parts `key[field]`, others are JSON. */
function byKey(field: FormField): FormField {
  const { key, schema, fields } = field;
  if (holdsFile(field)) {
    const nested = fields?.map((each) => ({ ...byKey(each), name: `${key}[${each.key}]` }));
    return { ...field, name: key, fields: nested };
  }
  return otherField(key, schema);
}
