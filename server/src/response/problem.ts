import { ApiError, FRAMEWORK_STATUS, type FrameworkCode, type InvalidInput } from "@tenon/core";
import type { BytesReply, HeaderList } from "../exchange/reply.ts";

/** The media type of a problem (RFC 9457, 3). */
export const PROBLEM_TYPE = "application/problem+json";

/** A problem as it is sent. */
export interface ProblemDocument {
  /** `about:blank`: the status says what kind it is, and `code` says which (RFC 9457, 4.2.1). */
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
  /** The schema of the body, for the document. */
  readonly schema: unknown;
  /** The body for a problem. */
  map(problem: ProblemDocument): unknown;
}

/** A failure that the framework answers with itself. */
export class FrameworkError extends ApiError<FrameworkCode, number, unknown> {}

/** Makes a failure of the framework. */
export function frameworkError(
  code: FrameworkCode,
  detail?: string,
  options?: { headers?: Record<string, string>; data?: unknown; cause?: unknown },
): FrameworkError {
  return new FrameworkError(code, FRAMEWORK_STATUS[code], options?.data, {
    detail,
    headers: options?.headers,
    cause: options?.cause,
  });
}

const TITLES: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  402: "Payment Required",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  406: "Not Acceptable",
  408: "Request Timeout",
  409: "Conflict",
  410: "Gone",
  411: "Length Required",
  412: "Precondition Failed",
  413: "Content Too Large",
  414: "URI Too Long",
  415: "Unsupported Media Type",
  416: "Range Not Satisfiable",
  417: "Expectation Failed",
  418: "I'm a Teapot",
  421: "Misdirected Request",
  422: "Unprocessable Content",
  423: "Locked",
  424: "Failed Dependency",
  425: "Too Early",
  426: "Upgrade Required",
  428: "Precondition Required",
  429: "Too Many Requests",
  431: "Request Header Fields Too Large",
  451: "Unavailable For Legal Reasons",
  500: "Internal Server Error",
  501: "Not Implemented",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
  507: "Insufficient Storage",
};

/** The problem document of a failure. */
export function describeProblem(error: ApiError, data: unknown, instance?: string): ProblemDocument {
  const isInvalidInput = error.code === "INVALID_INPUT" && error instanceof FrameworkError;
  const invalid = isInvalidInput ? (data as InvalidInput) : undefined;
  return {
    type: "about:blank",
    title: TITLES[error.status] ?? "Error",
    status: error.status,
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
): BytesReply {
  const type = envelope === undefined ? PROBLEM_TYPE : "application/json";
  const body = JSON.stringify(envelope === undefined ? problem : envelope.map(problem));
  return { kind: "bytes", status: problem.status, headers: ["content-type", type, ...headers], body };
}
