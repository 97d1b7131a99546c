import type { Semantics } from "../semantics.ts";
import type { ProblemDocument } from "./problem.ts";

/** Refused input in a form of the app's own. Applies to plain-JSON replies; the typed client always gets the canonical problem. */
export interface ValidationError {
  /** In place of 422, for all callers. */
  readonly status?: number;
  /** The schema of the body, for the document. */
  readonly schema: unknown;
  /** The body: what JSON can hold, or a `TextBody`. */
  map(issues: NonNullable<ProblemDocument["errors"]>, problem: ProblemDocument): unknown;
}

/** The semantics with the app's own form of refused input. */
export function withValidationError(semantics: Semantics, own: ValidationError): Semantics {
  const { envelope, statuses } = semantics;
  const { status, schema } = own;
  return {
    ...semantics,
    statuses: status === undefined ? statuses : { ...statuses, INVALID_INPUT: status },
    envelope: {
      schema: envelope?.schema,
      schemas: { ...envelope?.schemas, INVALID_INPUT: schema },
      map: (problem, refused) =>
        problem.code === "INVALID_INPUT"
          ? own.map(problem.errors ?? [], problem)
          : envelope?.map(problem, refused),
    },
  };
}
