import { z } from "zod/mini";
import type { Envelope, ProblemDocument } from "../response/problem.ts";
import { type ErrorItem, toErrorItem } from "./error-item.ts";

/** What FastAPI's exception handlers do, by the problem that there would be without them. */
export interface ExceptionHandlers {
  /** Bodies of declared errors by code, in place of `{ detail }`: FastAPI's handlers of an application's own exceptions. */
  readonly errors?: Readonly<Record<string, (problem: ProblemDocument) => unknown>>;
  /** Bodies of all other errors: FastAPI's handler of `HTTPException`. A `TextBody` is sent as text. */
  readonly httpException?: (problem: ProblemDocument, detail: unknown) => unknown;
  /**
   * The body of refused input: FastAPI's handler of `RequestValidationError`. What the caller sent as the body comes last
   * (`exc.body`); whether it is safe to repeat is the handler's to know.
   */
  readonly validationError?: (
    detail: readonly ErrorItem[],
    problem: ProblemDocument,
    body: unknown,
  ) => unknown;
}

const ErrorItemSchema = z.object({
  type: z.string(),
  loc: z.array(z.union([z.string(), z.int()])),
  msg: z.string(),
  ctx: z.optional(z.record(z.string(), z.unknown())),
});
z.globalRegistry.add(ErrorItemSchema, { id: "ValidationError" });
const Invalid = z.object({ detail: z.array(ErrorItemSchema) });
z.globalRegistry.add(Invalid, { id: "HTTPValidationError" });
const Failed = z.object({ detail: z.unknown() });
z.globalRegistry.add(Failed, { id: "HTTPError" });

/** FastAPI's `{ "detail": … }`: a sentence, a declared error's data, or the list of what is wrong with the input. */
export function envelopeOf({ errors = {}, httpException, validationError }: ExceptionHandlers): Envelope {
  return {
    schema: Failed,
    schemas: { INVALID_INPUT: Invalid, MALFORMED_BODY: Invalid, UNSUPPORTED_MEDIA_TYPE: Invalid },
    map: (problem, refused) => {
      const items = itemsOf(problem, refused?.byte);
      if (items !== undefined) {
        return validationError === undefined
          ? { detail: items }
          : validationError(items, problem, refused?.body ?? null);
      }
      const own = Object.hasOwn(errors, problem.code) ? errors[problem.code] : undefined;
      if (own !== undefined) {
        return own(problem);
      }
      const detail = problem.data ?? problem.detail ?? WORDING[problem.code] ?? problem.title;
      return httpException === undefined ? { detail } : httpException(problem, detail);
    },
  };
}

/** What FastAPI answers with 422: refused input, and a body that cannot be read as JSON. */
function itemsOf(problem: ProblemDocument, byte: number | undefined): readonly ErrorItem[] | undefined {
  switch (problem.code) {
    case "INVALID_INPUT":
      return (problem.errors ?? []).map(toErrorItem);
    case "MALFORMED_BODY": {
      const reason = problem.detail ?? "the body cannot be read";
      return byte === undefined
        ? [{ type: "value_error", loc: ["body"], msg: `Value error, ${reason}`, ctx: { error: {} } }]
        : [{ type: "json_invalid", loc: ["body", byte], msg: "JSON decode error", ctx: { error: reason } }];
    }
    default:
      return undefined;
  }
}

const WORDING: Readonly<Record<string, string>> = {
  UNAUTHENTICATED: "Not authenticated",
  ROUTE_NOT_FOUND: "Not Found",
  METHOD_NOT_ALLOWED: "Method Not Allowed",
  INTERNAL: "Internal Server Error",
};
