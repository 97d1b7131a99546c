import type { SchemaIssue } from "../schema/issue.ts";
import type { SchemaNode, TupleNode } from "../schema/node.ts";
import { inputPresence, isOptionalOut } from "../schema/optionality.ts";
import { accepted, adopt, type Outcome, refused } from "./outcome.ts";

/** The index from which on the items of a tuple may be absent. */
export function optionalFrom(
  items: readonly SchemaNode[],
  isOptional: (node: SchemaNode) => boolean,
): number {
  let index = items.length;
  while (index > 0 && isOptional(items[index - 1] as SchemaNode)) {
    index--;
  }
  return index;
}

/** Tells whether a tuple may end before an item; for `optionalFrom`. */
export function mayEndBefore(node: SchemaNode): boolean {
  return inputPresence(node) !== "required";
}

/** Refuses a list that is too short or too long for a tuple; only the short one stops the rest. */
export function refuseTupleLength(node: TupleNode, values: readonly unknown[]): Outcome | undefined {
  if (node.rest !== undefined) {
    return undefined;
  }
  const minimum = optionalFrom(node.items, mayEndBefore);
  if (values.length < minimum) {
    const message = `Expected at least ${minimum} items`;
    return refused(values, { path: [], code: "too_small", message, minimum, unit: "items" });
  }
  const maximum = node.items.length;
  if (values.length > maximum) {
    const issue: SchemaIssue = {
      path: [],
      code: "too_big",
      message: `Expected at most ${maximum} items`,
      maximum,
      unit: "items",
    };
    return { value: values, complaints: [{ issue, isSoft: false }] };
  }
  return undefined;
}

/** Puts a tuple together from what became of its items, leaving absent ones off its end. */
export function assembleTuple(
  node: TupleNode,
  length: number,
  outcomes: readonly Outcome[],
  wrongLength: Outcome | undefined,
): Outcome {
  const list: unknown[] = [];
  const tuple: Outcome = { ...accepted(list), complaints: wrongLength?.complaints ?? [] };
  const mayLackFrom = optionalFrom(node.items, isOptionalOut);
  for (const [index, outcome] of outcomes.entries()) {
    const item = node.items[index];
    const isAbsent = index >= length && index >= mayLackFrom && item !== undefined;
    if (isAbsent && (inputPresence(item) === "optional" || outcome.complaints.length > 0)) {
      break;
    }
    adopt(tuple, outcome, index);
    list[index] = outcome.value;
  }
  while (list.length > length && endsAbsent(node, list)) {
    list.length--;
  }
  return tuple;
}

function endsAbsent(node: TupleNode, list: readonly unknown[]): boolean {
  const last = list.length - 1;
  const item = node.items[last];
  return list[last] === undefined && item !== undefined && isOptionalOut(item);
}
