import { DefinitionError, type Operation, type Parameter } from "@tenon/core";
import { type INVALID, readSchema, type SchemaNode, type TextRules } from "@tenon/core/wire";
import { innerKind } from "./inner-kind.ts";
import type { RequestContext } from "./request-context.ts";

/** How one parameter is read: one intermediate form for both back ends and for the search for issues. */
export interface ParameterRead {
  readonly parameter: Parameter;
  readonly node: SchemaNode;
  /** Its place among the texts of the path. */
  readonly pathIndex: number;
  /** Several values of one name are expected. */
  readonly isList: boolean;
}

/** The parameters of an operation by input key, or `INVALID`: the search for issues then says why. */
export type DecodeParameters = (context: RequestContext) => Record<string, unknown> | typeof INVALID;

/** How the parameters of an operation are read. */
export interface ParameterPlan {
  /** How their texts are read. */
  readonly rules: TextRules;
  readonly reads: readonly ParameterRead[];
  /** Keys of parameter models, whose fields are gathered under them. */
  readonly models: readonly {
    readonly key: string;
    readonly in: Parameter["in"];
    readonly isStrict: boolean;
  }[];
}

/** Plans the parameters of an operation. Throws where a schema has no text form. */
export function planParameters(operation: Operation, rules: TextRules): ParameterPlan {
  const pathKeys = [...operation.path.matchAll(/\{([^}*]+)\*?\}/g)].map((match) => match[1]);
  const reads = operation.parameters.map((parameter) => {
    const node = readSchema(parameter.schema);
    const shape = innerKind(node);
    if (UNREADABLE.has(shape)) {
      throw new DefinitionError(
        "UNSUPPORTED_PARAMETER",
        `'${operation.id}' reads '${parameter.name}' from the ${parameter.in}, where a ${shape} has no text form: tag the object with query(…) to make its fields parameters, or move it to the body`,
      );
    }
    return {
      parameter,
      node,
      pathIndex: parameter.in === "path" ? pathKeys.indexOf(parameter.name) : -1,
      isList: LISTS.has(shape),
    };
  });
  const models = operation.models.map((model) => {
    const node = readSchema(model.schema);
    return {
      key: model.key,
      in: model.in,
      isStrict: node.kind === "object" && node.unknownKeys === "strict",
    };
  });
  return { rules, reads, models };
}

const UNREADABLE = new Set(["object", "record", "map", "bytes"]);
const LISTS = new Set(["array", "set", "tuple"]);
