import type { MaybePromise, SchemaIssue } from "../schema/issue.ts";
import { isStandardSchema, type StandardIssue, type StandardResult } from "../schema/zod-schema.ts";
import { chain } from "./maybe-promise.ts";
import { accepted, type Outcome } from "./outcome.ts";

/** Lets another library's schema validate a value. */
export function runStandard(schema: unknown, value: unknown): MaybePromise<Outcome> {
  if (!isStandardSchema(schema)) {
    throw new TypeError("Expected a Standard Schema.");
  }
  return chain<StandardResult, Outcome>(schema["~standard"].validate(value), (result) =>
    result.issues === undefined
      ? accepted(result.value)
      : {
          value,
          complaints: result.issues.map((issue) => ({ issue: fromStandardIssue(issue), isSoft: false })),
          isAborted: true,
        },
  );
}

function fromStandardIssue(issue: StandardIssue): SchemaIssue {
  const path = (issue.path ?? []).map((segment) => {
    const key = typeof segment === "object" ? segment.key : segment;
    return typeof key === "number" ? key : String(key);
  });
  return { path, code: "custom", message: issue.message };
}
