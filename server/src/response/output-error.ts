import type { SchemaIssue } from "@tenon/core/wire";

/** A handler broke the promise of its output. Never sent: the caller gets an opaque 500, `onError` gets this. */
export class OutputError extends Error {
  override readonly name = "OutputError";

  constructor(operation: string, sentence: string) {
    super(`'${operation}' returned what its output does not promise: ${sentence}`);
  }
}

/** The first few issues in one sentence, for the developer's log. */
export function describeIssues(issues: readonly SchemaIssue[]): string {
  return issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.length === 0 ? "the value" : `'${path.join(".")}'`}: ${message}`)
    .join("; ");
}
