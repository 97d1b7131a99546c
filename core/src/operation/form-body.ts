import { DefinitionError } from "../error/definition-error.ts";
import type { InputField } from "../procedure/input-field.ts";
import { readNestedFile, readPlace } from "../procedure/place.ts";
import { readSchema } from "../schema/read-schema.ts";
import { modelFields } from "./model-fields.ts";
import type { FormField, RequestBody } from "./operation.ts";
import { NO_NULL, takesNull } from "./parameter-shape.ts";
import { innermost } from "../schema/innermost.ts";

/** One field of a form, by its tag. An object under `form()` is a model: its fields are fields of the form. */
export function formField(id: string, key: string, field: InputField): FormField {
  const { schema, options, place } = field;
  const kind =
    place === "form-json" ? "json" : place === "file" || place === "file-stream" ? place : ("text" as const);
  if (kind === "text" && !field.isModel) {
    checkText(id, key, schema);
  }
  return {
    key,
    name: options.name ?? key,
    schema,
    isHidden: options.hidden ?? false,
    kind,
    maxBytes: options.maxBytes,
    types: options.types ?? [],
    fields: kind === "text" && field.isModel ? fieldsOf(id, schema) : undefined,
  };
}

function fieldsOf(id: string, schema: unknown): FormField[] {
  return [...modelFields(schema)].map(([name, inner]): FormField => {
    const placed = readPlace(inner);
    const file = readNestedFile(inner);
    const kind = file?.kind === "file" ? "file" : placed?.kind === "form-json" ? "json" : "text";
    if (kind === "text") {
      checkText(id, name, inner);
    }
    return {
      key: name,
      name,
      schema: placed === undefined ? inner : placed.schema,
      isHidden: placed?.options.hidden ?? false,
      kind,
      maxBytes: file?.options.maxBytes,
      types: file?.options.types ?? [],
      fields: undefined,
    };
  });
}

/** The body of a form: multipart where a part is more than a text. */
export function formBody(id: string, fields: readonly FormField[], isStrict: boolean): RequestBody {
  const streams = fields.filter(({ kind }) => kind === "file-stream");
  if (streams.length > 1 || (streams.length === 1 && fields.at(-1) !== streams[0])) {
    throw new DefinitionError(
      "STREAM_NOT_LAST",
      `'${id}' reads '${streams[0]?.key}' with file.stream() while the body arrives, so nothing can follow it: declare one, as the last of the form's keys, or receive the others whole with file()`,
    );
  }
  const all = fields.flatMap((field) => field.fields ?? [field]);
  const twin = all.find(({ name }, index) => all.findIndex((other) => other.name === name) < index);
  if (twin !== undefined) {
    throw new DefinitionError(
      "DUPLICATE_KEY",
      `'${id}' reads two keys from the form field '${twin.name}': give one of them another name`,
    );
  }
  return {
    kind: "form",
    encoding: all.some(({ kind }) => kind !== "text") ? "multipart" : "urlencoded",
    fields,
    isStrict: isStrict || fields.some(isStrictModel),
  };
}

function isStrictModel({ fields, schema }: FormField): boolean {
  const node = fields === undefined ? undefined : readSchema(schema);
  return node?.kind === "object" && node.unknownKeys === "strict";
}

const NESTED = new Set(["object", "record", "intersection", "discriminatedUnion", "map"]);

/** A text field has one text, several, or one level of names in brackets: what is deeper has no text form. */
function checkText(id: string, name: string, schema: unknown): void {
  if (takesNull(readSchema(schema))) {
    throw new DefinitionError("UNSUPPORTED_PARAMETER", `'${id}' reads '${name}' from a form, ${NO_NULL}`);
  }
  const node = innermost(readSchema(schema));
  const inner =
    node.kind === "object"
      ? node.properties.map((property) => innermost(property.node))
      : node.kind === "array" || node.kind === "set"
        ? [innermost(node.element)]
        : [];
  if ((node.kind !== "object" && NESTED.has(node.kind)) || inner.some(({ kind }) => NESTED.has(kind))) {
    throw new DefinitionError(
      "UNSUPPORTED_PARAMETER",
      `'${id}' reads '${name}' from a form, where what is nested so deep has no text form: make it a JSON part with form.json(…)`,
    );
  }
}
