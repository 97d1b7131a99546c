import { ApiError, type ApiErrorOptions } from "./api-error.ts";

/** Options of a refusal. */
export interface RefusalOptions extends Omit<ApiErrorOptions, "headers"> {
  /** The `WWW-Authenticate` challenge (RFC 9110, 11.6.1), with 401 only. */
  readonly challenge?: string;
}

/**
 * 401: who is calling is not known. For dependencies that check a credential; security schemes answer a missing one themselves.
 * Return or throw it.
 */
export function unauthenticated({
  challenge,
  ...options
}: RefusalOptions = {}): ApiError<"UNAUTHENTICATED", 401, undefined> {
  const headers = challenge === undefined ? {} : { headers: { "www-authenticate": challenge } };
  return new ApiError("UNAUTHENTICATED", 401, undefined, { ...options, ...headers });
}

/** 403: who is calling is known, and may not. Return or throw it. */
export function forbidden(
  options: Omit<RefusalOptions, "challenge"> = {},
): ApiError<"FORBIDDEN", 403, undefined> {
  return new ApiError("FORBIDDEN", 403, undefined, options);
}
