import type { ResponseObject } from "openapi3-ts/oas31";
import type { Operation } from "../operation/operation.ts";
import type { WriteEnvelope } from "./error-responses.ts";
import type { PossibleError } from "./possible-errors.ts";

/**
 * The error responses that FastAPI's document would have: 422 wherever there is an input, whatever the status that a handler of
 * the application's own gives it, and of the declared errors those with a description, as its `responses=` asks for one.
 */
export function describeErrorsBriefly(
  { parameters, body }: Operation,
  errors: readonly PossibleError[],
  envelope: WriteEnvelope | undefined,
): Map<number, ResponseObject> {
  const responses = new Map<number, ResponseObject>();
  for (const { code, status, description, data, isDescribed } of errors) {
    if (isDescribed) {
      const schema = data === undefined ? undefined : envelope?.(code);
      responses.set(status, {
        description,
        ...(schema === undefined ? {} : { content: { "application/json": { schema } } }),
      });
    }
  }
  const invalid = envelope?.("INVALID_INPUT");
  // FastAPI's handlers read bodies that are no JSON themselves, and its document knows nothing of it.
  const hasInput =
    parameters.some(({ isHidden }) => !isHidden) || (body !== undefined && body.kind !== "raw");
  if (invalid !== undefined && hasInput) {
    responses.set(422, {
      description: "Validation Error",
      content: { "application/json": { schema: invalid } },
    });
  }
  return responses;
}
