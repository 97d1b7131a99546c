import type { Check, Payload } from "../schema/check.ts";
import type { MaybePromise } from "../schema/issue.ts";
import type { SchemaNode } from "../schema/node.ts";
import { complaintsOf } from "./run-zod.ts";
import { isAborted, type Outcome } from "./outcome.ts";

/** Runs a node's checks on its value, as zod does: in order, stopping after a complaint that aborts. */
export function runChecks<Result extends Outcome>(node: SchemaNode, outcome: Result): MaybePromise<Result> {
  if (node.checks.length === 0) {
    return outcome;
  }
  // A check may look at what was complained about so far.
  const earlier = outcome.complaints.map(({ issue, isSoft, isFinal }) => ({
    ...issue,
    continue: isSoft ? true : isFinal === true ? false : undefined,
  }));
  const payload: Payload = { value: outcome.value, issues: [...earlier] };
  if (outcome.isAborted === true) {
    payload.aborted = true;
  }
  return runFrom(0, node, outcome, payload);
}

function runFrom<Result extends Outcome>(
  start: number,
  node: SchemaNode,
  outcome: Result,
  payload: Payload,
): MaybePromise<Result> {
  for (let index = start; index < node.checks.length; index++) {
    const check = node.checks[index] as Check;
    if (!isDue(check, outcome, payload)) {
      continue;
    }
    const before = payload.issues.length;
    const pending = check.source._zod.check?.(payload);
    if (pending instanceof Promise) {
      return pending.then(() => {
        const ends = take(node, check, outcome, payload, before);
        return ends ? outcome : runFrom(index + 1, node, outcome, payload);
      });
    }
    if (take(node, check, outcome, payload, before)) {
      return outcome;
    }
  }
  return outcome;
}

function isDue(check: Check, outcome: Outcome, payload: Payload): boolean {
  const when = check.source._zod.def.when;
  if (when === undefined) {
    return !isAborted(outcome);
  }
  const explicit = (payload.issues as readonly { continue?: boolean }[]).some(
    (raw) => raw.continue === false,
  );
  return outcome.isAborted !== true && !explicit && when(payload);
}

/** Adds what a check complained about; true when the rest of the checks must not run. */
function take(node: SchemaNode, check: Check, outcome: Outcome, payload: Payload, before: number): boolean {
  outcome.value = payload.value;
  const added = payload.issues.slice(before);
  if (added.length === 0) {
    return false;
  }
  outcome.complaints.push(...complaintsOf(added, node.schema));
  // A text that is too long is not given to the patterns behind its limit.
  return node.kind === "string" && (check.kind === "max_length" || check.kind === "length");
}
