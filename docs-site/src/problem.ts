import type { OpenAPIObject, ReferenceObject, SchemaObject } from "@tenon/core/openapi";
import { nameOf, resolveSchema } from "./resolve.ts";

/** A problem that a document describes: a schema with a constant `status` and `code`. */
export interface DocumentedProblem {
  readonly name: string;
  readonly anchor: string;
  readonly code: string;
  readonly status: number;
  readonly description: string;
  readonly data: SchemaObject | ReferenceObject | undefined;
}

/** The problems that a schema stands for: itself, or each of its alternatives. */
export function problemsIn(
  document: OpenAPIObject,
  schema: SchemaObject | ReferenceObject,
): readonly DocumentedProblem[] {
  const name = nameOf(schema);
  if (name !== undefined) {
    const problem = asProblem(name, resolveSchema(document, schema));
    return problem === undefined ? [] : [problem];
  }
  return ((schema as SchemaObject).oneOf ?? []).flatMap((option) => problemsIn(document, option));
}

/** A component read as a problem; undefined where it is none. */
export function asProblem(name: string, schema: SchemaObject): DocumentedProblem | undefined {
  const { status, code, data } = schema.properties ?? {};
  const [statusValue, codeValue] = [constantOf(status), constantOf(code)];
  return typeof statusValue === "number" && typeof codeValue === "string"
    ? {
        name,
        anchor: `error-${encodeURIComponent(name)}`,
        code: codeValue,
        status: statusValue,
        description: schema.description ?? "",
        data,
      }
    : undefined;
}

function constantOf(schema: SchemaObject | ReferenceObject | undefined): unknown {
  return (schema as SchemaObject | undefined)?.const;
}
