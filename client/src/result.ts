import type { ApiError } from "@tenon/core";
import type { TransportError } from "./transport-error.ts";

/** What became of a call. The types of `.safe` and of the REST style narrow it for each procedure. */
export type Result = Success | Failure;

interface Success {
  readonly ok: true;
  readonly status: number;
  readonly data: unknown;
}

interface Failure {
  readonly ok: false;
  readonly error: ApiError | TransportError;
}

/** The data of a result; its error is thrown, with the caller's stack where the engine can tell it. */
export async function unwrap(promise: Promise<Result>): Promise<unknown> {
  const result = await promise;
  if (result.ok) {
    return result.data;
  }
  (Error as StackCapture).captureStackTrace?.(result.error, unwrap);
  throw result.error;
}

// V8 and JavaScriptCore have it.
interface StackCapture {
  captureStackTrace?(target: object, above: unknown): void;
}
