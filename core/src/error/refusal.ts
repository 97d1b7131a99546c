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

/** Options of a 403. */
export interface ForbiddenOptions extends Omit<RefusalOptions, "challenge"> {
  /** The scopes that the credential lacks: the response names them (RFC 6750, 3.1, `insufficient_scope`). */
  readonly scopes?: readonly string[];
}

/** 403: who is calling is known, and may not. Return or throw it. */
export function forbidden({
  scopes,
  ...options
}: ForbiddenOptions = {}): ApiError<"FORBIDDEN", 403, undefined> {
  const headers =
    scopes === undefined
      ? {}
      : { headers: { "www-authenticate": `Bearer error="insufficient_scope", scope="${scopes.join(" ")}"` } };
  return new ApiError("FORBIDDEN", 403, undefined, { ...options, ...headers });
}

/**
 * Refuses a credential that lacks scopes of its operation: `requireScopes(ctx, claims.scope.split(" "))`, in the dependency that
 * knows what was granted. Throws 403 with the challenge of RFC 6750, 3.1.
 */
export function requireScopes(
  { scopes }: { readonly scopes: readonly string[] },
  granted: readonly string[],
): void {
  const missing = scopes.filter((scope) => !granted.includes(scope));
  if (missing.length > 0) {
    throw forbidden({
      scopes,
      detail: `the credential lacks the scope ${missing.map((each) => `'${each}'`).join(", ")}`,
    });
  }
}
