import type { Delivered, In, Shape } from "../type/schema-side.ts";
import type { Failure } from "./api-error.ts";
import type { ErrorStatus, Problem } from "./problem.ts";

/** One entry of `.errors({ CODE: { status, data?, headers?, description? } })`. */
export interface ErrorShape {
  status: ErrorStatus;
  /** A raw shape or schema of what the error carries. */
  data?: unknown;
  /** Response headers that this error sends: name → description. */
  headers?: Record<string, string>;
  description?: string;
}

/** The declared errors of a step as a map of problems. Nobody opens the map before someone asks for an error. */
export type ProblemMap<Errors extends Shape> = [keyof Errors] extends [never]
  ? never
  : {
      -readonly [Code in keyof Errors]: Problem<
        Code,
        Errors[Code]["status"],
        Errors[Code] extends { data: infer S } ? Delivered<S> : undefined
      >;
    };

/** The problems of a map, or of a union of maps. */
export type ProblemsIn<Maps> = Maps extends unknown ? Maps[keyof Maps] : never;

/** Options of a failure: a sentence for its reader, further headers, an inner cause that is never sent. */
export interface FailureOptions {
  detail?: string;
  headers?: Record<string, string>;
  cause?: unknown;
}

type Make<Declared> = Declared extends { data: infer S }
  ? (data: In<S>, options?: FailureOptions) => Failure
  : (options?: FailureOptions) => Failure;

/** `errors.NOT_FOUND(data)` of a handler's argument: makes a failure, to be returned, or thrown by deeper code. */
export type Makers<Errors> = { readonly [Code in keyof Errors]: Make<Errors[Code]> };

/** The same for the errors that dependencies declare. */
export type MakersOf<Problems> = {
  readonly [P in Problems as P extends { code: infer Code extends string } ? Code : never]: P extends {
    data: infer Data;
  }
    ? [Data] extends [undefined]
      ? (options?: FailureOptions) => Failure
      : (data: Data, options?: FailureOptions) => Failure
    : never;
};
