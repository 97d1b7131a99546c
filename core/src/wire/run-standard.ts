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
          complaints: result.issues.map((issue) => ({
            issue: fromStandardIssue(issue, value),
            isSoft: false,
          })),
          isAborted: true,
        },
  );
}

function fromStandardIssue(issue: StandardIssue, value: unknown): SchemaIssue {
  const path = (issue.path ?? []).map((segment) => {
    const key = typeof segment === "object" ? segment.key : segment;
    return typeof key === "number" ? key : String(key);
  });
  const message = echoes(issue.message, valueAt(value, path)) ? "Invalid value" : issue.message;
  return { path, code: "custom", message };
}

// Some libraries quote what they received, which may be a password.
function echoes(message: string, value: unknown): boolean {
  if (value === undefined || value === null || value === "") {
    return false;
  }
  return message.includes(typeof value === "string" ? value : JSON.stringify(value));
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== "object" || current === null) {
      return undefined;
    }
    current = (current as Readonly<Record<string, unknown>>)[key];
  }
  return current;
}
