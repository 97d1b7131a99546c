import type { SchemaIssue } from "../schema/issue.ts";

/** Thrown by `encode` and `decode` when a value does not fit its schema. */
export class SchemaError extends Error {
  override readonly name = "SchemaError";
  readonly issues: readonly SchemaIssue[];
  /** Whether there were more issues than are listed. */
  readonly truncated: boolean;

  constructor(action: "encode" | "decode", issues: readonly SchemaIssue[], truncated: boolean) {
    super(`Cannot ${action} this value: ${issues.map(describe).join("; ")}`);
    this.issues = issues;
    this.truncated = truncated;
  }
}

function describe(issue: SchemaIssue): string {
  return issue.path.length === 0 ? issue.message : `${issue.path.join(".")}: ${issue.message}`;
}
