import type { ErrorShape } from "../error/declared.ts";
import { FRAMEWORK_STATUS, type FrameworkCode } from "../error/problem.ts";
import type { Operation } from "../operation/operation.ts";
import type { Middleware } from "../procedure/middleware.ts";
import { canInputFail } from "./can-fail.ts";
import { hasRanges } from "./media-responses.ts";
import { readsCredentials } from "./security.ts";
import { STATUS_TITLE } from "../error/status-title.ts";

/** One error that an operation can answer with. */
export interface PossibleError {
  readonly code: string;
  readonly status: number;
  /** When it happens. */
  readonly description: string;
  /** The schema of its data, or undefined where it has none. */
  readonly data: unknown;
  /** Headers of its own: name → description. */
  readonly headers: Readonly<Record<string, string>>;
  /** Declared with a description of its own. */
  readonly isDescribed: boolean;
  /** One of the framework's own. */
  readonly isFramework: boolean;
}

/** When the framework answers with a code of its own. */
const WHEN: Readonly<Record<FrameworkCode, string>> = {
  MALFORMED_REQUEST:
    "The path or the query cannot be read, for example because of a broken percent-encoding.",
  MALFORMED_BODY: "The body cannot be read as what its content type says.",
  UNAUTHENTICATED: "The credentials are missing or not valid.",
  FORBIDDEN: "The credentials do not allow this.",
  ROUTE_NOT_FOUND: "There is nothing at this address.",
  METHOD_NOT_ALLOWED: "The address does not answer to this method.",
  NOT_ACCEPTABLE: "The response exists in none of the media types that the request accepts.",
  TOO_LARGE: "The body is larger than allowed.",
  UNSUPPORTED_MEDIA_TYPE: "The body has a content type that is not accepted here.",
  PRECONDITION_FAILED: "There is another version than the one that the request is about.",
  RANGE_NOT_SATISFIABLE: "The range that is asked for lies beyond the end.",
  INVALID_INPUT: "A parameter or the body breaks its schema; `errors` names every issue.",
  RATE_LIMITED: "Too many requests in a short time.",
  INTERNAL: "The server failed; `instance` identifies the failure in its log.",
  UNAVAILABLE: "The server cannot answer now; try again later.",
  TIMEOUT: "The server took too long to answer.",
};

/** Every error of an operation, by status: the declared ones, those of middleware, and the framework's where they can occur. */
export function possibleErrors(
  operation: Operation,
  middleware: readonly Middleware[],
  hasTimeout: boolean,
  statuses: Statuses,
): readonly PossibleError[] {
  const found = new Map<string, PossibleError>();
  const add = (code: string, shape: ErrorShape | undefined): void => {
    if (!found.has(code)) {
      found.set(code, toError(code, shape, statuses));
    }
  };
  for (const [code, shape] of Object.entries(operation.errors)) {
    add(code, shape);
  }
  for (const advice of middleware) {
    if (advice.applies?.(operation) ?? true) {
      Object.entries(advice.errors ?? {}).forEach(([code, shape]) => add(code, shape));
    }
  }
  for (const code of frameworkCodes(operation, hasTimeout)) {
    add(code, code === "FORBIDDEN" && operation.scopes.length > 0 ? INSUFFICIENT_SCOPE : undefined);
  }
  return [...found.values()].sort((one, other) => one.status - other.status);
}

function frameworkCodes(operation: Operation, hasTimeout: boolean): readonly FrameworkCode[] {
  const { kind, body, method, responses } = operation;
  const isGuarded = readsCredentials(operation);
  const isFile = responses.some(({ media, status }) => hasRanges(media, status, method));
  const codes: [FrameworkCode, boolean][] = [
    // Any request can have a broken query.
    ["MALFORMED_REQUEST", true],
    ["MALFORMED_BODY", body !== undefined],
    ["UNAUTHENTICATED", isGuarded],
    ["FORBIDDEN", isGuarded],
    ["NOT_ACCEPTABLE", kind === "stream"],
    ["TOO_LARGE", body !== undefined],
    ["UNSUPPORTED_MEDIA_TYPE", body !== undefined],
    ["PRECONDITION_FAILED", isFile],
    ["RANGE_NOT_SATISFIABLE", isFile],
    ["INVALID_INPUT", canInputFail(operation)],
    ["INTERNAL", true],
    ["TIMEOUT", hasTimeout],
  ];
  return codes.flatMap(([code, isPossible]) => (isPossible ? [code] : []));
}

type Statuses = Readonly<Partial<Record<FrameworkCode, number>>>;

function toError(code: string, shape: ErrorShape | undefined, statuses: Statuses): PossibleError {
  const isFramework = Object.hasOwn(FRAMEWORK_STATUS, code);
  const own = statuses[code as FrameworkCode] ?? FRAMEWORK_STATUS[code as FrameworkCode];
  const status = isFramework ? own : (shape?.status ?? 500);
  return {
    code,
    status,
    description:
      shape?.description ??
      (isFramework ? WHEN[code as FrameworkCode] : `${STATUS_TITLE[status] ?? "Error"}.`),
    data: isFramework ? undefined : shape?.data,
    headers: { ...shape?.headers, ...OWN_HEADERS[code] },
    isDescribed: !isFramework && shape?.description !== undefined,
    isFramework,
  };
}

const INSUFFICIENT_SCOPE: ErrorShape = {
  status: FRAMEWORK_STATUS.FORBIDDEN,
  headers: { "WWW-Authenticate": "`insufficient_scope` with the scopes that are needed (RFC 6750, 3.1)." },
};

/** Headers that the framework sends with a code of its own. */
const OWN_HEADERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  UNAUTHENTICATED: { "WWW-Authenticate": "The scheme that is asked for (RFC 9110, 11.6.1)." },
  UNSUPPORTED_MEDIA_TYPE: { "Accept-Post": "The media types that are accepted here." },
  RANGE_NOT_SATISFIABLE: { "Content-Range": "How much there is: `bytes */1000` (RFC 9110, 14.4)." },
};
