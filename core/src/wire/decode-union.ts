import type { MaybePromise } from "../schema/issue.ts";
import type { DiscriminatedUnionNode, IntersectionNode, SchemaNode, UnionNode } from "../schema/node.ts";
import { complaintOf, wrongTag, wrongType } from "./complain.ts";
import { literalOnWire } from "./decode-scalar.ts";
import { all, chain } from "./maybe-promise.ts";
import { isObject, mergeValues, readKey } from "./object-value.ts";
import { type Complaint, isAborted, type Outcome, type Run, refused } from "./outcome.ts";
import { refuseAmbiguous, refuseUnion, tagsOf } from "./union.ts";

/** Decodes a union: the first option that fits, or the only one. */
export function decodeUnion(node: UnionNode, input: unknown, depth: number, run: Run): MaybePromise<Outcome> {
  return decodeOptions(node.options, node.isExclusive ? node : undefined, input, depth, run);
}

function decodeOptions(
  options: readonly SchemaNode[],
  exclusive: SchemaNode | undefined,
  input: unknown,
  depth: number,
  run: Run,
): MaybePromise<Outcome> {
  const [only] = options;
  if (options.length === 1 && only !== undefined) {
    return run.visit(only, input, depth, run);
  }
  const pending: MaybePromise<Outcome>[] = [];
  for (const option of options) {
    const outcome = run.visit(option, input, depth, run);
    const isFirst = exclusive === undefined && !pending.some((earlier) => earlier instanceof Promise);
    if (isFirst && !(outcome instanceof Promise) && outcome.complaints.length === 0) {
      return outcome;
    }
    pending.push(outcome);
  }
  return chain(all(pending), (outcomes) => {
    const fitting = outcomes.filter((outcome) => outcome.complaints.length === 0);
    if (exclusive !== undefined && fitting.length > 1) {
      return refuseAmbiguous(exclusive, input);
    }
    return fitting[0] ?? refuseUnion(options, outcomes, input);
  });
}

/** Decodes a discriminated union by the option that claims the tag. */
export function decodeDiscriminated(
  node: DiscriminatedUnionNode,
  input: unknown,
  depth: number,
  run: Run,
): MaybePromise<Outcome> {
  if (!isObject(input)) {
    return refused(input, wrongType(node, "object", input));
  }
  const tag = readKey(input, node.discriminator);
  const claims = node.options.filter((option) => option.tags.some((known) => literalOnWire(known) === tag));
  const [claim] = claims;
  if (claims.length === 1 && claim !== undefined) {
    return run.visit(claim.node, input, depth, run);
  }
  if (node.fallsBack) {
    const options = node.options.map((option) => option.node);
    return decodeOptions(options, undefined, input, depth, run);
  }
  return refused(input, wrongTag(node, node.discriminator, tagsOf(node), input));
}

/** Decodes an intersection: both sides decode the whole, and what they give is merged. */
export function decodeIntersection(
  node: IntersectionNode,
  input: unknown,
  depth: number,
  run: Run,
): MaybePromise<Outcome> {
  const sides = [run.visit(node.left, input, depth, run), run.visit(node.right, input, depth, run)];
  return chain(all(sides), ([left, right]) => mergeSides(left as Outcome, right as Outcome));
}

// A key that only one side does not know belongs to the other.
function mergeSides(left: Outcome, right: Outcome): Outcome {
  const rightKeys = new Set(right.complaints.filter(isAboutKey).map(keyOf));
  const complaints = [
    ...left.complaints.filter((complaint) => !isAboutKey(complaint) || rightKeys.has(keyOf(complaint))),
    ...right.complaints.filter((complaint) => !isAboutKey(complaint)),
  ];
  const merged = mergeValues(left.value, right.value);
  const outcome: Outcome = { value: merged?.value, complaints };
  if (merged !== undefined || isAborted(outcome)) {
    return outcome;
  }
  return refused(undefined, complaintOf("The two sides of the intersection give different values"));
}

function isAboutKey({ issue }: Complaint): boolean {
  return issue.path.length === 1 && (issue.code === "unknown_key" || issue.code === "invalid_key");
}

function keyOf({ issue }: Complaint): string | number | undefined {
  return issue.path[0];
}
