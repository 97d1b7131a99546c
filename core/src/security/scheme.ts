import type { SecuritySchemeObject } from "openapi3-ts/oas31";

/** One security scheme: what the document says, and how its credential is read. */
export interface SecurityScheme {
  /** Its name under `components/securitySchemes`. */
  readonly name: string;
  readonly scheme: SecuritySchemeObject;
  /** The `WWW-Authenticate` challenge (RFC 9110, 11.6.1); made anew where it holds a nonce. */
  readonly challenge: string | (() => string);
  /** The scopes that it declares: what `.scopes(…)` may name. */
  readonly scopes: readonly string[];
  /** Reads the credential from a request; undefined where it is missing or empty. */
  readonly read: (request: CredentialSource) => unknown;
}

/** What a dependency asks of a request's credentials. */
export interface SecurityRequirement {
  /** Each alternative is a set of schemes that are needed together (OpenAPI 3.1.1, 4.8.30). */
  readonly alternatives: readonly (readonly SecurityScheme[])[];
  /** A request that meets no alternative yields `null` instead of 401. */
  readonly isOptional: boolean;
  /** What the failure is where no alternative is met. */
  readonly missing: "UNAUTHENTICATED" | "FORBIDDEN";
  /** What the request presents; undefined where it meets no alternative. */
  readonly read: (request: CredentialSource) => Presented | undefined;
}

/** Credentials as a request presents them. */
export interface Presented {
  readonly value: unknown;
  /** The schemes by which they came. */
  readonly schemes: readonly SecurityScheme[];
}

/** What a scheme may look at. */
export interface CredentialSource {
  header(name: string): string | undefined;
  cookie(name: string): string | undefined;
  query(name: string): string | undefined;
}
