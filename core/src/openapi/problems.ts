import type { SchemaObject } from "openapi3-ts/oas31";
import { objectOf, readShape } from "../procedure/shape.ts";
import { isRequired } from "../json-schema/presence.ts";
import { isSchema, readSchema } from "../schema/read-schema.ts";
import { holdsRichType } from "../schema/trait.ts";
import type { Components } from "./components.ts";
import type { PossibleError } from "./possible-errors.ts";
import { revivalMeta } from "./revival-meta.ts";
import { pascal } from "./words.ts";

/** The schema of a problem (RFC 9457) as a component: `NotFoundProblem`. */
export function problemSchema(error: PossibleError, owner: string, components: Components): SchemaObject {
  const data = dataOf(error, owner, components);
  const schema: SchemaObject = {
    type: "object",
    description: error.description,
    properties: {
      type: { type: "string", format: "uri-reference" },
      title: { type: "string" },
      status: { type: "integer", const: error.status },
      code: { type: "string", const: error.code },
      detail: { type: "string" },
      ...data.properties,
      ...(error.code === "INVALID_INPUT" ? invalidInput(components) : {}),
      ...(error.code === "INTERNAL" ? { instance: { type: "string", format: "uri" } } : {}),
    },
    required: [
      "type",
      "title",
      "status",
      "code",
      ...data.required,
      ...(error.code === "INVALID_INPUT" ? ["errors"] : []),
    ],
  };
  return components.variant(`${pascal(error.code)}Problem`, owner, schema);
}

function dataOf(
  { code, data }: PossibleError,
  owner: string,
  components: Components,
): { properties: Record<string, SchemaObject>; required: readonly string[] } {
  if (data === undefined) {
    return { properties: {}, required: [] };
  }
  const schema = isSchema(data) ? data : objectOf(readShape(data as object, `the error '${code}'`));
  return {
    properties: {
      data: components.write(schema, "output", `${owner}${pascal(code)}Data`),
      // For callers that accept rich values.
      ...(holdsRichType(readSchema(schema)) ? { meta: revivalMeta(components) } : {}),
    },
    required: isRequired(readSchema(schema), "output") ? ["data"] : [],
  };
}

function invalidInput(components: Components): Record<string, SchemaObject> {
  const issue = components.fixed("InputIssue", {
    type: "object",
    description:
      "One complaint about the input, with the constraint that was broken. The input itself is never echoed.",
    properties: {
      in: { type: "string", enum: ["path", "query", "header", "cookie", "body"] },
      path: {
        type: "array",
        items: { type: ["string", "integer"] },
        description: "Keys and indexes from the parameter or the body down to the value.",
      },
      code: { type: "string", description: "The rule: `missing`, `type`, `too_small`, `unknown_key`, …" },
      message: { type: "string" },
    },
    required: ["in", "path", "code", "message"],
    additionalProperties: true,
  });
  return {
    errors: { type: "array", items: issue, maxItems: 50 },
    truncated: { type: "boolean", const: true, description: "There are more issues than are listed." },
  };
}
