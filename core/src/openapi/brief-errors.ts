import type { ResponseObject } from "openapi3-ts/oas31";
import type { WriteEnvelope } from "./error-responses.ts";
import type { PossibleError } from "./possible-errors.ts";

/**
 * The error responses that FastAPI's document would have: 422 where an input can be refused, and of the declared errors those
 * with a description of their own, as its `responses=` asks for one.
 */
export function describeErrorsBriefly(
  errors: readonly PossibleError[],
  envelope: WriteEnvelope | undefined,
): Map<number, ResponseObject> {
  const responses = new Map<number, ResponseObject>();
  for (const error of errors) {
    const isInvalid = error.code === "INVALID_INPUT";
    if (isInvalid || error.isDescribed) {
      responses.set(error.status, {
        description: isInvalid ? "Validation Error" : error.description,
        ...(envelope === undefined || !(isInvalid || error.data !== undefined)
          ? {}
          : { content: { "application/json": { schema: envelope(error.code) } } }),
      });
    }
  }
  return responses;
}
