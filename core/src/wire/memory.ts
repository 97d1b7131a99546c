import type { MaybePromise } from "../schema/issue.ts";
import type { SchemaNode } from "../schema/node.ts";
import { chain } from "./maybe-promise.ts";
import type { Outcome, Run } from "./outcome.ts";

/** Visits an ambiguous node, or remembers what came of it when it was visited with the same value. */
export function visitOnce<Result extends Outcome>(
  node: SchemaNode,
  value: unknown,
  run: Run<Result>,
  visit: () => MaybePromise<Result>,
): MaybePromise<Result> {
  if (typeof value !== "object" || value === null) {
    return visit();
  }
  let outcomes = run.memory.get(node);
  if (outcomes === undefined) {
    outcomes = new Map();
    run.memory.set(node, outcomes);
  }
  let outcome = outcomes.get(value);
  if (outcome === undefined) {
    outcome = visit();
    outcomes.set(value, outcome);
  }
  return chain(outcome, copy);
}

// Whoever takes an outcome writes its own part of the path into the issues.
function copy<Result extends Outcome>(outcome: Result): Result {
  const complaints = outcome.complaints.map((complaint) => ({
    ...complaint,
    issue: { ...complaint.issue, path: [...complaint.issue.path] },
  }));
  return { ...outcome, complaints };
}
