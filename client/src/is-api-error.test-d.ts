import type { ApiError, FrameworkProblem, InvalidInput, Problem } from "@tenon/core";
import { expectTypeOf } from "vitest";
import { isApiError } from "./is-api-error.ts";
import type { TransportError } from "./transport-error.ts";

declare const caught: unknown;
if (isApiError(caught)) {
  expectTypeOf(caught).toEqualTypeOf<ApiError | TransportError>();
}
if (isApiError(caught, "NOT_FOUND")) {
  expectTypeOf(caught).toEqualTypeOf<ApiError<"NOT_FOUND">>();
}
if (isApiError(caught, "INVALID_INPUT")) {
  expectTypeOf(caught.data).toEqualTypeOf<InvalidInput>();
}
// The server's has 503, the client's none.
if (isApiError(caught, "TIMEOUT")) {
  expectTypeOf(caught.status).toEqualTypeOf<503 | undefined>();
}

declare const known: Problem<"NOT_FOUND", 404, { id: number }> | FrameworkProblem;
if (isApiError(known, "NOT_FOUND")) {
  expectTypeOf(known.data).toEqualTypeOf<{ id: number }>();
  expectTypeOf(known.status).toEqualTypeOf<404>();
}
