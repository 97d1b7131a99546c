import type { Operation, Parameter } from "@tenon/core";
import { type INVALID, readSchema, type TextRules } from "@tenon/core/wire";
import type { StyledValue } from "./decode-parameter.ts";
import type { RequestContext } from "./request-context.ts";

/** How one parameter is read: one intermediate form for both back ends and for the search for issues. */
export interface ParameterRead extends StyledValue {
  readonly parameter: Parameter;
  /** What issues call it. */
  readonly issueName: string;
  /** Its place among the texts of the path. */
  readonly pathIndex: number;
  /** Where it begins among the segments of the path. */
  readonly segmentIndex: number;
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

/** Plans the parameters of an operation. */
export function planParameters(operation: Operation, rules: TextRules): ParameterPlan {
  const segments = operation.path.split("/");
  const pathKeys = segments.map(keyOf).filter((key) => key !== undefined);
  const reads = operation.parameters.map((parameter) => {
    const isInPath = parameter.in === "path";
    return {
      parameter,
      issueName: issueName(parameter, rules),
      node: readSchema(parameter.schema),
      style: parameter.style,
      pathIndex: isInPath ? pathKeys.indexOf(parameter.name) : -1,
      segmentIndex: isInPath ? segments.findIndex((segment) => keyOf(segment) === parameter.name) : -1,
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

/** What issues call a parameter: its name on the wire, or the field of its model. */
export function issueName({ in: location, name, field }: Parameter, { headerFields }: TextRules): string {
  return location === "header" && headerFields === "field" ? (field ?? name) : name;
}

function keyOf(segment: string): string | undefined {
  return /^\{([^}*]+)\*?\}$/.exec(segment)?.[1];
}
