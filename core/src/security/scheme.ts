import type { SecuritySchemeObject } from "openapi3-ts/oas31";

/** A security scheme as a dependency carries it: what the document says, and what a missing credential is answered with. */
export interface SecurityScheme {
  /** Its name under `components/securitySchemes`. */
  readonly name: string;
  readonly scheme: SecuritySchemeObject;
  /** The `WWW-Authenticate` challenge (RFC 9110, 11.6.1). */
  readonly challenge: string;
  /** A missing credential yields `null` instead of 401. */
  readonly isOptional: boolean;
  /** The scopes that it declares: what `.scopes(…)` may name. */
  readonly scopes: readonly string[];
  /** Reads the credential from a request; undefined where it is missing or empty. */
  readonly read: (request: CredentialSource) => unknown;
}

/** What a scheme may look at. */
export interface CredentialSource {
  header(name: string): string | undefined;
  cookie(name: string): string | undefined;
  query(name: string): string | undefined;
}
