import type { EncodingObject, RequestBodyObject, SchemaObject } from "openapi3-ts/oas31";
import type { FormField, Operation } from "../operation/operation.ts";
import { fileTypes } from "../json-schema/scalar.ts";
import { isRequired } from "../json-schema/presence.ts";
import type { SchemaNode } from "../schema/node.ts";
import { readSchema } from "../schema/read-schema.ts";
import type { Components } from "./components.ts";
import { pascal } from "./words.ts";

const FORM_TYPE = {
  urlencoded: "application/x-www-form-urlencoded",
  multipart: "multipart/form-data",
} as const;

/** The body that an operation takes: JSON, or a form. */
export function describeBody(
  { body }: Operation,
  owner: string,
  components: Components,
): RequestBodyObject | undefined {
  switch (body?.kind) {
    case undefined:
      return undefined;
    case "object": {
      const isNeeded = [...body.fields.values()].some(isNeededKey);
      const schema = components.write(body.schema, "input", `${owner}Request`);
      return { ...required(isNeeded), content: { "application/json": { schema } } };
    }
    case "whole": {
      const schema = components.write(body.schema, "input", `${owner}Request`);
      // The typed client's input has the whole body under this key.
      const key = { "x-tenon-key": body.key };
      return { ...required(isNeededKey(body.schema)), content: { "application/json": { schema } }, ...key };
    }
    case "form": {
      const isNeeded = body.fields.some((field) => isNeededKey(field.schema));
      const encoding = describeEncoding(body.fields);
      const hasEncoding = Object.keys(encoding).length > 0;
      const media = {
        schema: formSchema(body.fields, owner, components),
        ...(hasEncoding ? { encoding } : {}),
      };
      return { ...required(isNeeded), content: { [FORM_TYPE[body.encoding]]: media } };
    }
  }
}

function isNeededKey(schema: unknown): boolean {
  return isRequired(readSchema(schema), "input");
}

function required(isNeeded: boolean): { required?: true } {
  return isNeeded ? { required: true } : {};
}

function formSchema(fields: readonly FormField[], owner: string, components: Components): SchemaObject {
  const needed = fields.filter((field) => isNeededKey(field.schema));
  return {
    type: "object",
    properties: Object.fromEntries(
      fields.map(({ name, schema }) => [
        name,
        components.write(schema, "input", `${owner}${pascal(name)}Field`),
      ]),
    ),
    ...(needed.length === 0 ? {} : { required: needed.map(({ name }) => name) }),
  };
}

/** The content types of parts that are not plain text. */
function describeEncoding(fields: readonly FormField[]): EncodingObject {
  const encoding: EncodingObject = {};
  for (const { name, kind, schema } of fields) {
    const types = kind === "file" || kind === "file-stream" ? typesOf(readSchema(schema)) : [];
    if (kind === "json") {
      (encoding as Record<string, unknown>)[name] = { contentType: "application/json" };
    } else if (types.length > 0) {
      (encoding as Record<string, unknown>)[name] = { contentType: types.join(", ") };
    }
  }
  return encoding;
}

function typesOf(node: SchemaNode): readonly string[] {
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
