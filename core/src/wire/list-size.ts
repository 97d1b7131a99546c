import type { Check } from "../schema/check.ts";
import type { SchemaNode } from "../schema/node.ts";
import { complaintsOf } from "./run-zod.ts";
import { type Outcome, refused } from "./outcome.ts";

/** Refuses a list that is over its limit before any of its items is looked at. */
export function refuseOversized(node: SchemaNode, list: readonly unknown[]): Outcome | undefined {
  for (const check of node.checks) {
    if (isUpperLimit(check) && list.length > check.limit) {
      const payload = { value: list, issues: [] };
      check.source._zod.check?.(payload);
      const first = complaintsOf(payload.issues, node.schema)[0];
      if (first !== undefined) {
        return refused(list, first.issue);
      }
    }
  }
  return undefined;
}

function isUpperLimit(check: Check): check is Check & { readonly limit: number } {
  return check.kind === "max_length" || check.kind === "length";
}
