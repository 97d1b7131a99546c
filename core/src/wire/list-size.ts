import type { Check } from "../schema/check.ts";
import type { SchemaNode } from "../schema/node.ts";
import { complaintsOf } from "./run-zod.ts";
import { type Outcome, refused } from "./outcome.ts";

/** Refuses a list that is over its limit before any of its items is looked at. */
export function refuseOversized(node: SchemaNode, list: readonly unknown[]): Outcome | undefined {
  for (const check of leadingLimits(node.checks)) {
    if (list.length > check.limit) {
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

type LengthCheck = Extract<Check, { readonly kind: "min_length" | "max_length" | "length" }>;

/** The upper limits on a list that come before any other check, which might change the list. */
export function leadingLimits(checks: readonly Check[]): readonly LengthCheck[] {
  const limits: LengthCheck[] = [];
  for (const check of checks) {
    if (check.kind === "max_length" || check.kind === "length") {
      limits.push(check);
    } else if (check.kind !== "min_length") {
      break;
    }
  }
  return limits;
}
