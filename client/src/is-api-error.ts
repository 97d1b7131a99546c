import { ApiError, type FrameworkProblem, type TransportProblems } from "@tenon/core";
import type { TransportError } from "./transport-error.ts";

type Known = FrameworkProblem | TransportProblems;

/** An error with the given code: of the framework and the client with its status and data, any other as an `ApiError`. */
export type ErrorWith<Code extends string> = Code extends Known["code"]
  ? Extract<Known, { code: Code }>
  : ApiError<Code>;

/** Whether an error came out of a call, and, with a code, whether it is that one. Narrows `unknown` and unions alike. */
export function isApiError(error: unknown): error is ApiError | TransportError;
export function isApiError<Caught, const Code extends string>(
  error: Caught,
  code: Code,
): error is Caught & ErrorWith<Code>;
export function isApiError(error: unknown, code?: string): boolean {
  return error instanceof ApiError && (code === undefined || error.code === code);
}
