import type { MaybePromise, SchemaIssue, SchemaResult } from "../schema/issue.ts";
import type { SchemaNode } from "../schema/node.ts";

/** What one node made of one value. */
export interface Outcome {
  value: unknown;
  complaints: Complaint[];
  /** Set where the value is of another type, or a pipe or codec stopped: none of its own checks may run. */
  isAborted?: boolean;
}

/** An issue, and whether the checks of the value that contains it may still run (zod's `continue`). */
export interface Complaint {
  readonly issue: SchemaIssue;
  readonly isSoft: boolean;
  /** Whether its check was told to abort, so that not even checks with a `when` of their own run. */
  readonly isFinal?: boolean;
}

/** What the parts of the interpreter share during one run. */
export interface Run<Result extends Outcome = Outcome> {
  readonly issueLimit: number;
  readonly depthLimit: number;
  /** What `visitOnce` remembers. */
  readonly memory: Map<SchemaNode, Map<object, MaybePromise<Result>>>;
  /** The interpreter itself, for the parts of a node. */
  readonly visit: (node: SchemaNode, value: unknown, depth: number, run: Run<Result>) => MaybePromise<Result>;
}

/** An outcome of encoding: `value` is the clean server-side value, on which checks run. */
export interface Encoded extends Outcome {
  /** The same as the wire will carry it, codecs done; `Date` and its like still wait to be written as text. */
  rich: unknown;
}

/** A value without complaints. */
export function accepted(value: unknown): Outcome {
  return { value, complaints: [] };
}

/** A value that was refused for one reason. */
export function refused(value: unknown, issue: SchemaIssue): Outcome {
  return { value, complaints: [{ issue, isSoft: false }], isAborted: true };
}

/** Tells whether the checks that follow must not see this value. */
export function isAborted(outcome: Outcome): boolean {
  return outcome.isAborted === true || outcome.complaints.some((complaint) => !complaint.isSoft);
}

/** Hands the complaints of a part to its whole, with the path as the whole sees it. */
export function adopt(whole: Outcome, part: Outcome, ...path: readonly (string | number)[]): void {
  for (const complaint of part.complaints) {
    complaint.issue.path.unshift(...path);
    whole.complaints.push(complaint);
  }
}

/** The outcome as users see it. */
export function toResult(outcome: Outcome, issueLimit: number): SchemaResult {
  if (outcome.complaints.length === 0) {
    return { ok: true, value: outcome.value };
  }
  const issues = outcome.complaints.slice(0, issueLimit).map((complaint) => complaint.issue);
  return { ok: false, issues, truncated: outcome.complaints.length > issueLimit };
}
