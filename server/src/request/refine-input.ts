import type { Issue, MaybePromise, Operation } from "@tenon/core";
import { checkValue, readSchema, type SchemaNode, type SchemaResult } from "@tenon/core/wire";
import { isPromise } from "../exchange/promise.ts";
import { frameworkError } from "../response/problem.ts";
import type { RequestContext } from "./request-context.ts";

interface Refinement {
  readonly node: SchemaNode;
  readonly keys: readonly string[];
}

/**
 * Compiles the rules that speak of several keys of an input at once (`.input(z.object(…).refine(…))`). They run when every
 * key is decoded, wherever it came from. Undefined where there are none.
 */
export function compileRefinements(
  operation: Operation,
): ((context: RequestContext) => MaybePromise<void>) | undefined {
  const refinements = operation.procedure.refinements.map((schema): Refinement => {
    const node = readSchema(schema);
    return { node, keys: node.kind === "object" ? node.properties.map(({ key }) => key) : [] };
  });
  if (refinements.length === 0) {
    return undefined;
  }
  return (context) => runFrom(0, refinements, operation, context);
}

function runFrom(
  start: number,
  refinements: readonly Refinement[],
  operation: Operation,
  context: RequestContext,
): MaybePromise<void> {
  for (let index = start; index < refinements.length; index++) {
    const { node, keys } = refinements[index] as Refinement;
    const input = context.input as Record<string, unknown>;
    const part = Object.fromEntries(
      keys.filter((key) => Object.hasOwn(input, key)).map((key) => [key, input[key]]),
    );
    const result = checkValue(node, part);
    if (isPromise(result)) {
      return result.then((settled) => {
        conclude(settled, operation, context);
        return runFrom(index + 1, refinements, operation, context);
      });
    }
    conclude(result, operation, context);
  }
}

function conclude(result: SchemaResult, operation: Operation, context: RequestContext): void {
  if (result.ok) {
    context.input = { ...(context.input as object), ...(result.value as object) };
    return;
  }
  const issues = result.issues.map((issue): Issue => {
    const [key, ...rest] = issue.path;
    const parameter = operation.parameters.find((candidate) => candidate.key === key);
    return parameter === undefined || key === undefined
      ? ({ ...issue, in: "body" } as unknown as Issue)
      : { ...issue, in: parameter.in, path: [parameter.name, ...rest] };
  });
  throw frameworkError("INVALID_INPUT", undefined, {
    data: { issues, ...(result.truncated ? { truncated: true } : {}) },
  });
}
