import type { MaybePromise } from "@tenon/core";
import type { Batch } from "../dependency/plan.ts";
import { type MakeArgument, resolveBatches } from "../dependency/resolve.ts";
import { isPromise } from "../exchange/promise.ts";
import { frameworkError } from "../response/problem.ts";
import { ISSUE_LIMIT } from "./decode-input.ts";
import { explainParameters, type ParameterFindings } from "./decode-parameters.ts";
import type { ParameterPlan } from "./parameter-plan.ts";
import type { RequestContext } from "./request-context.ts";

/**
 * Refuses parameters as FastAPI does, where admission needs one that does not fit: whoever decides by others has its say
 * first, in order, and only where nobody objects are all issues told. Nothing runs without the parameters that it reads.
 */
export function refuseStepwise(
  parameters: ParameterPlan,
  admission: readonly Batch[],
  keys: ReadonlySet<string>,
  makeArgument: MakeArgument,
): (context: RequestContext) => MaybePromise<void> {
  return (context) => {
    const conclude = ({ issues, input, refused }: ParameterFindings): MaybePromise<void> => {
      context.input = input;
      if (![...refused].some((key) => keys.has(key))) {
        return;
      }
      const admitted = resolveBatches(withoutRefused(admission, refused), makeArgument, context);
      const refuse = (): never => {
        throw frameworkError("INVALID_INPUT", undefined, { data: { issues: issues.slice(0, ISSUE_LIMIT) } });
      };
      return isPromise(admitted) ? admitted.then(refuse) : refuse();
    };
    const found = explainParameters(parameters, context, ISSUE_LIMIT);
    return isPromise(found) ? found.then(conclude) : conclude(found);
  };
}

/** Without what reads a refused parameter, and what builds upon that. */
function withoutRefused(admission: readonly Batch[], refused: ReadonlySet<string>): readonly Batch[] {
  const skipped = new Set<number>();
  return admission
    .map((batch) =>
      batch.filter(({ index, dependency, below }) => {
        const isSkipped =
          [...dependency.input.keys()].some((key) => refused.has(key)) ||
          below.some((each) => skipped.has(each));
        if (isSkipped) {
          skipped.add(index);
        }
        return !isSkipped;
      }),
    )
    .filter((batch) => batch.length > 0);
}
