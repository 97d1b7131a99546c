import { DefinitionError } from "../error/definition-error.ts";
import type { Example, Examples } from "../procedure/documentation.ts";
import { childrenOf } from "../schema/children.ts";
import type { SchemaNode } from "../schema/node.ts";
import { readSchema } from "../schema/read-schema.ts";
import { decodeNode } from "../wire/decode.ts";
import { encodeNode } from "../wire/encode.ts";
import type { FormField, Operation } from "./operation.ts";

/**
 * Refuses examples that do not fit what they are an example of, and such as are called invalid and do fit. What only time can
 * tell (asynchronous rules) is taken to fit.
 */
export function checkExamples(operation: Operation): void {
  const { documentation, parameters, body, responses, id } = operation;
  for (const { schema } of parameters) {
    checkInside(readSchema(schema), id);
  }
  for (const schema of schemasOf(operation)) {
    checkInside(readSchema(schema), id);
  }
  const { examples = {}, parameterExamples = {}, responseExamples = {} } = documentation;
  if (body === undefined && Object.keys(examples).length > 0) {
    throw wrong(id, "it has examples of a body, but no body");
  }
  checkNamed(examples, (value) => fitsBody(operation, value), `'${id}', body`);
  for (const [key, named] of Object.entries(parameterExamples)) {
    const parameter = parameters.find((each) => (each.field ?? each.key) === key);
    if (parameter === undefined) {
      throw wrong(id, `it has examples of the parameter '${key}', which it does not have`);
    }
    const node = readSchema(parameter.schema);
    checkNamed(named, (value) => fits(node, value), `'${id}', parameter '${key}'`);
  }
  for (const [status, named] of byStatus(responseExamples)) {
    const answering = responses.filter((each) => status === undefined || each.status === status);
    if (answering.length === 0) {
      throw wrong(id, `it has examples of a response with status ${status}, which it does not have`);
    }
    for (const { schema } of answering) {
      // What is no JSON is shown as text.
      const isFitting = (value: unknown): boolean =>
        schema === undefined ? typeof value === "string" : fits(readSchema(schema), value);
      checkNamed(named, isFitting, `'${id}', response`);
    }
  }
}

function byStatus(
  examples: NonNullable<Operation["documentation"]["responseExamples"]>,
): readonly (readonly [status: number | undefined, Examples])[] {
  const entries = Object.entries(examples as Readonly<Record<string, Example | Examples>>);
  return entries.every(([key]) => /^[1-5]\d\d$/.test(key))
    ? entries.map(([key, named]) => [Number(key), named as Examples])
    : [[undefined, examples as Examples]];
}

function schemasOf({ body, responses }: Operation): readonly unknown[] {
  const answered = responses.flatMap(({ schema }) => (schema === undefined ? [] : [schema]));
  switch (body?.kind) {
    case undefined:
      return answered;
    case "form":
      return [...answered, ...body.fields.map(({ schema }) => schema)];
    case "raw":
      return body.form === "parsed" ? [...answered, body.schema] : answered;
    case "object":
    case "whole":
      return [...answered, body.schema];
  }
}

/** Schemas are shared by many operations, and looked into once. */
const checked: WeakSet<SchemaNode> = new WeakSet();

function checkInside(root: SchemaNode, id: string): void {
  const found: SchemaNode[] = [];
  const visit = (node: SchemaNode): void => {
    if (checked.has(node)) {
      return;
    }
    checked.add(node);
    found.push(node);
    const wrongOne = (node.meta.examples ?? []).find(
      (example) => !fits(node, example) && !isEncodable(node, example),
    );
    if (wrongOne !== undefined) {
      throw wrong(
        id,
        `${JSON.stringify(wrongOne)} is an example in .meta({ examples }) of a schema that refuses it`,
      );
    }
    childrenOf(node, "both").forEach(visit);
  };
  try {
    visit(root);
  } catch (error) {
    // Looked into does not mean passed.
    found.forEach((node) => checked.delete(node));
    throw error;
  }
}

function checkNamed(examples: Examples, isFitting: (value: unknown) => boolean, where: string): void {
  for (const [name, { value, isInvalid = false }] of Object.entries(examples)) {
    if (isFitting(value) === isInvalid) {
      throw new DefinitionError(
        "BAD_EXAMPLE",
        isInvalid
          ? `${where}: the example '${name}' is called invalid, but it fits`
          : `${where}: the example '${name}' does not fit the schema: correct it, or say isInvalid: true`,
      );
    }
  }
}

function fitsBody({ body }: Operation, value: unknown): boolean {
  switch (body?.kind) {
    case undefined:
      return false;
    case "form":
      return body.fields.every((field) => fitsField(field, value));
    case "raw":
      return body.form === "parsed" ? fits(readSchema(body.schema), value) : typeof value === "string";
    case "object":
    case "whole":
      return fits(readSchema(body.schema), value);
  }
}

/** Files have no JSON to be compared with. */
function fitsField({ kind, name, schema, fields }: FormField, value: unknown): boolean {
  if (fields !== undefined) {
    return fields.every((field) => fitsField(field, value));
  }
  const part = (value as Readonly<Record<string, unknown>> | null)?.[name];
  return kind === "file" || kind === "file-stream" || fits(readSchema(schema), part);
}

function fits(node: SchemaNode, value: unknown): boolean {
  const result = decodeNode(node, value, { issueLimit: 1 });
  return result instanceof Promise || result.ok;
}

/** An example of a moment may be a `Date` as well as its text. */
function isEncodable(node: SchemaNode, value: unknown): boolean {
  const result = encodeNode(node, value);
  return result instanceof Promise || result.ok;
}

function wrong(id: string, sentence: string): DefinitionError {
  return new DefinitionError("BAD_EXAMPLE", `'${id}': ${sentence}`);
}
