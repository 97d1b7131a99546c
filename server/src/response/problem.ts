import { ApiError, FRAMEWORK_STATUS, type FrameworkCode, type InvalidInput, STATUS_TITLE } from "@tenon/core";
import type { BytesReply, HeaderList } from "../exchange/reply.ts";

/** The media type of a problem (RFC 9457, 3). */
export const PROBLEM_TYPE = "application/problem+json";

/** A problem as it is sent. */
export interface ProblemDocument {
  /**
   * `about:blank`: the status says what kind it is, and `code` says which (RFC 9457, 4.2.1). With `problemTypes` the address of
   * its documentation.
   */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail?: string;
  readonly data?: unknown;
  /** What to revive in `data` (superjson), for callers that accept rich values. */
  readonly meta?: unknown;
  readonly errors?: InvalidInput["issues"];
  readonly truncated?: true;
  /** Identifies this occurrence in the server's log (RFC 9457, 3.1.5). */
  readonly instance?: string;
}

/** An app's own shape of error bodies. Applies to plain-JSON replies; the typed client always gets the canonical problem. */
export interface Envelope {
  /** The schema of the body, for the document; undefined where only `schemas` have bodies of their own. */
  readonly schema: unknown;
  /** Schemas of codes whose bodies have a shape of their own. */
  readonly schemas?: Readonly<Record<string, unknown>>;
  /**
   * The body for a problem: what JSON can hold, or a `TextBody`, or undefined for the canonical problem.
   */
  map(problem: ProblemDocument, refused?: RefusedBody): unknown;
}

/** The body that a failure is about. It is the caller's own, and may hold what nobody should log. */
export interface RefusedBody {
  /** Where a malformed one stops being what it should be. */
  readonly byte?: number | undefined;
  /** What was sent, where it could be read. */
  readonly body?: unknown;
}

/** A body of an envelope that is no JSON. */
export class TextBody {
  readonly text: string;
  readonly type: string;

  constructor(text: string, type = "text/plain; charset=utf-8") {
    this.text = text;
    this.type = type;
  }
}

/** A failure that the framework answers with itself. */
export class FrameworkError extends ApiError<FrameworkCode, number, unknown> {
  refused: RefusedBody | undefined = undefined;
}

/** Makes a failure of the framework. */
export function frameworkError(
  code: FrameworkCode,
  detail?: string,
  options?: { headers?: Record<string, string>; data?: unknown; cause?: unknown; refused?: RefusedBody },
): FrameworkError {
  const error = new FrameworkError(code, FRAMEWORK_STATUS[code], options?.data, {
    detail,
    headers: options?.headers,
    cause: options?.cause,
  });
  error.refused = options?.refused;
  return error;
}

/** The problem document of a failure. */
export function describeProblem(
  error: ApiError,
  data: unknown,
  instance?: string,
  status: number = error.status,
  type = "about:blank",
): ProblemDocument {
  const isInvalidInput = error.code === "INVALID_INPUT" && error instanceof FrameworkError;
  const invalid = isInvalidInput ? (data as InvalidInput) : undefined;
  return {
    type,
    title: STATUS_TITLE[status] ?? "Error",
    status,
    code: error.code,
    ...(error.detail === undefined ? {} : { detail: error.detail }),
    ...(invalid === undefined ? (data === undefined ? {} : { data }) : { errors: invalid.issues }),
    ...(invalid?.truncated === true ? { truncated: true as const } : {}),
    ...(instance === undefined ? {} : { instance }),
  };
}

/** Writes a problem: the canonical form, or the app's envelope. */
export function writeProblem(
  problem: ProblemDocument,
  headers: HeaderList,
  envelope: Envelope | undefined,
  refused?: RefusedBody,
): BytesReply {
  const own = envelope?.map(problem, refused);
  if (own instanceof TextBody) {
    return {
      kind: "bytes",
      status: problem.status,
      headers: ["content-type", own.type, ...headers],
      body: own.text,
    };
  }
  const type = own === undefined ? PROBLEM_TYPE : "application/json";
  const body = JSON.stringify(own === undefined ? problem : own);
  return { kind: "bytes", status: problem.status, headers: ["content-type", type, ...headers], body };
}
