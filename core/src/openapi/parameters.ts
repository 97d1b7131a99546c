import type { ParameterObject, SchemaObject } from "openapi3-ts/oas31";
import type { Operation, Parameter } from "../operation/operation.ts";
import { isRequired } from "../json-schema/presence.ts";
import { readSchema } from "../schema/read-schema.ts";
import type { Components } from "./components.ts";
import { pascal } from "./words.ts";

/** The parameters of an operation as they are decoded; hidden ones are left out. */
export function describeParameters(
  { parameters }: Operation,
  owner: string,
  components: Components,
): ParameterObject[] {
  return parameters
    .filter((parameter) => !parameter.isHidden)
    .map((parameter) => describeParameter(parameter, owner, components));
}

function describeParameter(parameter: Parameter, owner: string, components: Components): ParameterObject {
  const { in: location, name } = parameter;
  const written = components.write(parameter.schema, "input", `${owner}${pascal(name)}Parameter`);
  const { description = catchAll(parameter), deprecated, ...schema } = written;
  const key = parameter.field === undefined ? parameter.key : `${parameter.key}.${parameter.field}`;
  const isAlwaysThere = location === "path" || isRequired(readSchema(parameter.schema), "input");
  return {
    name,
    in: location,
    ...(description === undefined ? {} : { description }),
    ...(isAlwaysThere ? { required: true } : {}),
    ...(deprecated === true ? { deprecated } : {}),
    ...(location === "query" && isArray(schema)
      ? { style: "form", explode: !parameter.isCommaSeparated }
      : {}),
    schema,
    // Where the typed client's input has it, if not under its name.
    ...(key === name ? {} : { "x-tenon-key": key }),
    // A template of OpenAPI cannot say that a parameter holds slashes.
    ...(parameter.isCatchAll ? { "x-tenon-catch-all": true } : {}),
  };
}

function catchAll({ isCatchAll }: Parameter): string | undefined {
  return isCatchAll ? "The rest of the path; it may hold slashes." : undefined;
}

function isArray({ type }: SchemaObject): boolean {
  return Array.isArray(type) ? type.includes("array") : type === "array";
}
