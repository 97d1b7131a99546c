/** The JSON of an error on the wire (RFC 9457), as the client sees it: `code` is the discriminant. */
export interface Problem<Code, Status, Data> {
  readonly code: Code;
  readonly status: Status;
  readonly data: Data;
  readonly title: string;
  readonly detail?: string;
}

/** The statuses that a declared error may have. The union of literals keeps `status: 404` a literal without `const`. */
export type ErrorStatus =
  | 400
  | 401
  | 402
  | 403
  | 404
  | 405
  | 406
  | 408
  | 409
  | 410
  | 411
  | 412
  | 413
  | 414
  | 415
  | 416
  | 417
  | 418
  | 421
  | 422
  | 423
  | 424
  | 425
  | 426
  | 428
  | 429
  | 431
  | 451
  | 500
  | 501
  | 502
  | 503
  | 504
  | 507;

/** One complaint about the input: where (`in`), which value (`path`), which rule (`code`). The input itself is never echoed. */
export interface Issue {
  readonly in: "path" | "query" | "header" | "cookie" | "body";
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
  /** The constraint that was broken: `minimum`, `expected`, `values`, … */
  readonly [constraint: string]: unknown;
}

/** The data of `INVALID_INPUT`: at most 50 issues, then `truncated`. */
export interface InvalidInput {
  readonly issues: readonly Issue[];
  readonly truncated?: true;
}

/**
 * The codes that the framework itself answers with, and their statuses. Types and run time read this one table.
 * Reserved: a procedure cannot declare them.
 */
export const FRAMEWORK_STATUS = {
  MALFORMED_REQUEST: 400,
  MALFORMED_BODY: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  ROUTE_NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  NOT_ACCEPTABLE: 406,
  PRECONDITION_FAILED: 412,
  TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  RANGE_NOT_SATISFIABLE: 416,
  INVALID_INPUT: 422,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
  TIMEOUT: 503,
} as const;

/** A code that the framework itself answers with. */
export type FrameworkCode = keyof typeof FRAMEWORK_STATUS;

type StatusOf = typeof FRAMEWORK_STATUS;

/** Every problem that the framework itself can answer with. */
export type FrameworkProblem =
  | { [C in Exclude<FrameworkCode, "INVALID_INPUT">]: Problem<C, StatusOf[C], undefined> }[Exclude<
      FrameworkCode,
      "INVALID_INPUT"
    >]
  | Problem<"INVALID_INPUT", 422, InvalidInput>;

/** A failure that never reached, or never came back from, the server. */
export interface TransportProblem<Code> {
  readonly code: Code;
  readonly status: undefined;
  readonly data: undefined;
  readonly cause: unknown;
}

/** Every failure that the client itself adds. `TIMEOUT` has no status here; the server's has 503. */
export type TransportProblems =
  | TransportProblem<"NETWORK">
  | TransportProblem<"TIMEOUT">
  | TransportProblem<"ABORTED">
  | TransportProblem<"MALFORMED">
  | TransportProblem<"UNEXPECTED">;
