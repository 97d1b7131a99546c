import type { EncodingObject, ReferenceObject, RequestBodyObject, SchemaObject } from "openapi3-ts/oas31";
import type { FormField, Operation, RequestBody } from "../operation/operation.ts";
import { fileTypes } from "../json-schema/scalar.ts";
import { isRequired } from "../json-schema/presence.ts";
import type { SchemaNode } from "../schema/node.ts";
import { readSchema } from "../schema/read-schema.ts";
import type { Components } from "./components.ts";
import { pascal } from "./words.ts";
import { innermost } from "../schema/innermost.ts";

const FORM_TYPE = {
  urlencoded: "application/x-www-form-urlencoded",
  multipart: "multipart/form-data",
} as const;

/** The body that an operation takes: JSON, or a form. */
export function describeBody(
  { body }: Operation,
  owner: string,
  components: Components,
  isBrief = false,
): RequestBodyObject | undefined {
  switch (body?.kind) {
    case undefined:
      return undefined;
    case "object": {
      const isNeeded = [...body.fields.values()].some(isNeededKey);
      const schema = components.write(body.described, "input", `${owner}Request`);
      return { ...required(isNeeded), content: { "application/json": { schema } } };
    }
    case "whole": {
      const schema = components.write(body.schema, "input", `${owner}Request`);
      // The typed client's input has the whole body under this key.
      const key = { "x-tenon-key": body.key };
      return { ...required(isNeededKey(body.schema)), content: { "application/json": { schema } }, ...key };
    }
    case "raw": {
      const isNeeded = body.form !== "parsed" || isNeededKey(body.schema);
      const content = Object.fromEntries(
        body.types.map((type) => [type, { schema: rawSchema(body, type, owner, components) }]),
      );
      return { ...required(isNeeded), content, "x-tenon-key": body.key };
    }
    case "form": {
      const fields = body.fields.flatMap(partsOf).filter((field) => !field.isHidden);
      const isNeeded = fields.some((field) => isNeededKey(field.schema));
      const encoding = describeEncoding(fields);
      const hasEncoding = Object.keys(encoding).length > 0;
      const media = {
        schema: {
          ...formSchema(fields, owner, components),
          ...(body.isStrict ? { additionalProperties: false } : {}),
        },
        ...(hasEncoding ? { encoding } : {}),
      };
      // A form without files may come in either of the types that browsers have for forms.
      const types =
        body.encoding === "multipart" || isBrief ? [body.encoding] : (["urlencoded", "multipart"] as const);
      return {
        ...required(isNeeded),
        content: Object.fromEntries(types.map((type) => [FORM_TYPE[type], media])),
      };
    }
  }
}

function rawSchema(
  { form, schema, maxBytes }: RequestBody & { readonly kind: "raw" },
  type: string,
  owner: string,
  components: Components,
): SchemaObject | ReferenceObject {
  const limit = maxBytes === undefined ? {} : { maxLength: maxBytes };
  switch (form) {
    case "parsed":
      return components.write(schema, "input", `${owner}Request`);
    case "text":
      return { type: "string", ...limit };
    case "bytes":
    case "stream": {
      const contentMediaType = type.endsWith("*") ? "application/octet-stream" : type;
      const inClient = form === "bytes" ? { "x-tenon-type": "Uint8Array" } : {};
      return { type: "string", contentMediaType, ...limit, ...inClient };
    }
  }
}

interface Part extends FormField {
  /** Where the flat input has it, where that is not its name: the fields of a model lie under its key. */
  readonly inputKey: string | undefined;
}

function partsOf(field: FormField): Part[] {
  return field.fields === undefined
    ? [{ ...field, inputKey: field.key === field.name ? undefined : field.key }]
    : field.fields.map((inner) => ({ ...inner, inputKey: `${field.key}.${inner.key}` }));
}

function isNeededKey(schema: unknown): boolean {
  return isRequired(readSchema(schema), "input");
}

function required(isNeeded: boolean): { required?: true } {
  return isNeeded ? { required: true } : {};
}

function formSchema(fields: readonly Part[], owner: string, components: Components): SchemaObject {
  const needed = fields.filter((field) => isNeededKey(field.schema));
  return {
    type: "object",
    properties: Object.fromEntries(
      fields.map((field) => [field.name, { ...fieldSchema(field, owner, components), ...inputKey(field) }]),
    ),
    ...(needed.length === 0 ? {} : { required: needed.map(({ name }) => name) }),
  };
}

function inputKey({ inputKey: key }: Part): object {
  return key === undefined ? {} : { "x-tenon-key": key };
}

function fieldSchema(
  field: FormField,
  owner: string,
  components: Components,
): SchemaObject | ReferenceObject {
  const schema = components.write(field.schema, "input", `${owner}${pascal(field.name)}Field`);
  if (isFile(field) && !("$ref" in schema)) {
    const one = (schema.type === "array" ? schema.items : schema) as SchemaObject;
    // An upper bound of the part's length in bytes (OpenAPI 3.1, 4.8.14.1).
    const limit = field.maxBytes === undefined ? {} : { maxLength: field.maxBytes };
    const [type, ...others] = typesOf(field);
    const media = type === undefined || others.length > 0 ? {} : { contentMediaType: type };
    const limited = { ...one, ...media, ...limit };
    return one === schema ? limited : { ...schema, items: limited };
  }
  return schema;
}

/** The content types of parts that are not plain text, and how the fields of an object are named. */
function describeEncoding(fields: readonly FormField[]): Record<string, EncodingObject> {
  const encoding: Record<string, EncodingObject> = {};
  for (const field of fields) {
    const types = isFile(field) ? typesOf(field) : [];
    if (field.kind === "json") {
      encoding[field.name] = { contentType: "application/json" };
    } else if (types.length > 0) {
      encoding[field.name] = { contentType: types.join(", ") };
    } else if (field.kind === "text" && innermost(readSchema(field.schema)).kind === "object") {
      encoding[field.name] = { style: "deepObject", explode: true };
    }
  }
  return encoding;
}

function isFile({ kind }: FormField): boolean {
  return kind === "file" || kind === "file-stream";
}

/** What the tag says, or the schema. */
function typesOf({ types, schema }: FormField): readonly string[] {
  return types.length > 0 ? types : schemaTypes(readSchema(schema));
}

function schemaTypes(node: SchemaNode): readonly string[] {
  let at = node;
  for (let depth = 0; depth < 32 && at.kind !== "file"; depth++) {
    if ("inner" in at) {
      at = at.inner;
    } else if (at.kind === "array") {
      at = at.element;
    } else {
      return [];
    }
  }
  return at.kind === "file" ? fileTypes(at) : [];
}
