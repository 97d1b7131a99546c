import { ISSUE_LIMIT, type MaybePromise, type SchemaResult } from "../schema/issue.ts";
import type { SchemaNode } from "../schema/node.ts";
import { chain } from "./maybe-promise.ts";
import { accepted, toResult } from "./outcome.ts";
import { runChecks } from "./run-checks.ts";

/**
 * Runs a node's own checks on a value whose parts are decoded already: what a refined object says of an input that came
 * from several places.
 */
export function checkValue(
  node: SchemaNode,
  value: unknown,
  { issueLimit = ISSUE_LIMIT }: { readonly issueLimit?: number } = {},
): MaybePromise<SchemaResult> {
  return chain(runChecks(node, accepted(value)), (outcome) => toResult(outcome, issueLimit));
}
