import type { ParameterObject, SchemaObject, SchemaObjectType } from "openapi3-ts/oas31";
import type { Operation, Parameter } from "../operation/operation.ts";
import { isRequired } from "../json-schema/presence.ts";
import { readSchema } from "../schema/read-schema.ts";
import { describeStyle } from "../wire/parameter-style.ts";
import { describeExamples } from "./examples.ts";
import type { Components } from "./components.ts";
import { pascal } from "./words.ts";

/** The parameters of an operation as they are decoded; hidden ones are left out. */
export function describeParameters(
  { parameters, documentation: { parameterExamples = {} } }: Operation,
  owner: string,
  components: Components,
): ParameterObject[] {
  return parameters
    .filter((parameter) => !parameter.isHidden)
    .map((parameter) => {
      const examples = parameterExamples[parameter.field ?? parameter.key];
      const described = describeParameter(parameter, owner, components);
      return examples === undefined ? described : { ...described, examples: describeExamples(examples) };
    });
}

function describeParameter(parameter: Parameter, owner: string, components: Components): ParameterObject {
  const { in: location, name } = parameter;
  const written = components.write(parameter.schema, "input", `${owner}${pascal(name)}Parameter`);
  const { description = catchAll(parameter), deprecated, ...described } = written;
  const schema = parameter.style === "json" ? described : withoutNull(described);
  const key = parameter.field === undefined ? parameter.key : `${parameter.key}.${parameter.field}`;
  const isAlwaysThere = location === "path" || isRequired(readSchema(parameter.schema), "input");
  return {
    name,
    in: location,
    ...(description === undefined ? {} : { description }),
    ...(isAlwaysThere ? { required: true } : {}),
    ...(deprecated === true ? { deprecated } : {}),
    ...describeStyle(parameter.style, location),
    ...(parameter.style === "json" ? { content: { "application/json": { schema } } } : { schema }),
    // Where the typed client's input has it, if not under its name.
    ...(key === name ? {} : { "x-tenon-key": key }),
    // A template of OpenAPI cannot say that a parameter holds slashes.
    ...(parameter.isCatchAll ? { "x-tenon-catch-all": true } : {}),
  };
}

function catchAll({ isCatchAll, style }: Parameter): string | undefined {
  if (!isCatchAll) {
    return undefined;
  }
  return style === "segments"
    ? "The rest of the path: each of its segments is an item."
    : "The rest of the path; it may hold slashes.";
}

/** No text says null: where a schema takes it, that is what absence stands for. */
function withoutNull({ default: absent, ...schema }: SchemaObject): SchemaObject {
  const rest = absent === null || absent === undefined ? schema : { ...schema, default: absent as unknown };
  const { type, anyOf } = schema;
  if (Array.isArray(type) && type.includes("null")) {
    const types = type.filter((each) => each !== "null");
    return { ...rest, type: types.length === 1 ? (types[0] as SchemaObjectType) : types };
  }
  const options = anyOf?.filter((option) => (option as SchemaObject).type !== "null");
  if (anyOf === undefined || options === undefined || options.length === anyOf.length) {
    return rest;
  }
  const { anyOf: _replaced, ...others } = rest;
  return options.length === 1 ? { ...others, ...options[0] } : { ...others, anyOf: options };
}
