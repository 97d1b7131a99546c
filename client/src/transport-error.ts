import { ApiError, type TransportProblem, type TransportProblems } from "@tenon/core";

/** The codes that the client itself adds. */
export type TransportCode = TransportProblems["code"];

/** What arrived instead of an answer of the application: the `cause` of `UNEXPECTED`. */
export interface UnexpectedResponse {
  readonly status: number;
  /** The media type, as it was sent; empty where there was none. */
  readonly type: string;
  /** The first 1000 characters of the body. */
  readonly text: string;
}

// `ApiError` promises a numeric status, which a call without an answer does not have.
const Base: new (
  code: TransportCode,
  status: undefined,
  data: undefined,
  options: { detail: string; cause: unknown },
) => TransportProblem<TransportCode> & Error = ApiError as never;

/**
 * A call that got no answer of the application: `NETWORK`, `TIMEOUT`, `ABORTED`, `MALFORMED` (JSON that is broken) or
 * `UNEXPECTED` (an answer that is not the application's, such as a proxy's page).
 * At run time also `instanceof ApiError`.
 */
export class TransportError extends Base {
  override readonly name: string = "TransportError";

  constructor(code: TransportCode, cause: unknown, detail: string = String(cause)) {
    super(code, undefined, undefined, { detail, cause });
  }
}

/** Says why a call broke off: its caller's signal, its time, or the network. */
export function transportError(error: unknown, signal: AbortSignal | undefined): TransportError {
  if (error instanceof TransportError) {
    return error;
  }
  const isAborted = signal?.aborted === true;
  const cause: unknown = isAborted ? signal.reason : error;
  const isTimeout = (cause as Partial<Error> | null | undefined)?.name === "TimeoutError";
  return new TransportError(isTimeout ? "TIMEOUT" : isAborted ? "ABORTED" : "NETWORK", cause);
}
