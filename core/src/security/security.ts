import type { SecuritySchemeObject } from "openapi3-ts/oas31";
import { match } from "ts-pattern";
import type { Dependency, DependencyDefinition } from "../dependency/dependency.ts";
import { describeFlows, type OAuthFlows } from "./oauth-flows.ts";
import type { CredentialSource, SecurityScheme } from "./scheme.ts";

/** A credential as a dependency: it joins admission, the document and the client's `auth`. */
export type Security<Credential, Scopes = never> = Dependency<Credential, "call", never, never, Scopes>;

/** Options of every scheme. */
export interface SecurityOptions {
  /** Its name under `components/securitySchemes`. */
  name?: string;
  description?: string;
  /** The `WWW-Authenticate` challenge of 401, where the scheme's own does not fit. */
  challenge?: string;
}

/** The username and password of HTTP Basic. */
export interface BasicCredential {
  readonly username: string;
  readonly password: string;
}

/** Security schemes: dependencies that yield the credential of the request, and answer 401 where it is missing or empty. */
export const security: {
  /** `Authorization: Bearer …` (RFC 6750). Yields the token. */
  bearer(options?: SecurityOptions & { format?: string }): Security<string>;
  /** `Authorization: Basic …` (RFC 7617) in UTF-8. Yields username and password. */
  basic(options?: SecurityOptions & { realm?: string }): Security<BasicCredential>;
  /** A key in a header, cookie or query parameter. Yields the key. */
  apiKey(options: SecurityOptions & { in: "header" | "cookie" | "query"; key: string }): Security<string>;
  /** An access token in `Authorization: Bearer …`, obtained by OAuth 2.0 flows (RFC 6749). Yields the token. */
  oauth2<const Scopes extends Readonly<Record<string, string>> = {}>(
    options: SecurityOptions & {
      flows: OAuthFlows;
      /** Every scope with what it allows; `.scopes(…)` may name these. */
      scopes?: Scopes;
    },
  ): Security<string, keyof Scopes & string>;
  /** An access token of an OpenID Connect provider. Yields the token. */
  openIdConnect<const Scope extends string = never>(
    options: SecurityOptions & {
      /** The discovery document: `https://…/.well-known/openid-configuration`. */
      url: string;
      scopes?: readonly Scope[];
    },
  ): Security<string, Scope>;
  /** The same credential, or `null` where the request has none. */
  optional<Credential, Scopes>(scheme: Security<Credential, Scopes>): Security<Credential | null, Scopes>;
} = {
  bearer: ({ name = "bearer", description, format, challenge = "Bearer" } = {}) =>
    define({
      name,
      scheme: {
        type: "http",
        scheme: "bearer",
        ...described(description),
        ...(format === undefined ? {} : { bearerFormat: format }),
      },
      challenge,
      read: (request) => authorization(request, "bearer"),
    }),
  basic: ({ name = "basic", description, realm, challenge = basicChallenge(realm) } = {}) =>
    define({
      name,
      scheme: { type: "http", scheme: "basic", ...described(description) },
      challenge,
      read: readBasic,
    }),
  apiKey: ({ name, description, in: location, key, challenge = "ApiKey" }) =>
    define({
      name: name ?? "apiKey",
      scheme: { type: "apiKey", in: location, name: key, ...described(description) },
      challenge,
      read: (request) => nonEmpty(readKey(request, location, key)),
    }),
  oauth2: ({ name = "oauth2", description, challenge = "Bearer", flows, scopes = {} }) =>
    define({
      name,
      scheme: { type: "oauth2", flows: describeFlows(flows, scopes, name), ...described(description) },
      challenge,
      scopes: Object.keys(scopes),
      read: (request) => authorization(request, "bearer"),
    }),
  openIdConnect: ({ name = "openIdConnect", description, challenge = "Bearer", url, scopes = [] }) =>
    define({
      name,
      scheme: { type: "openIdConnect", openIdConnectUrl: url, ...described(description) },
      challenge,
      scopes,
      read: (request) => authorization(request, "bearer"),
    }),
  optional: (scheme) => {
    const definition = scheme as unknown as DependencyDefinition;
    const carried = definition.security as SecurityScheme;
    return Object.freeze({ ...definition, security: { ...carried, isOptional: true } }) as never;
  },
};

interface SchemeDraft {
  readonly name: string;
  readonly scheme: SecuritySchemeObject;
  readonly challenge: string;
  readonly scopes?: readonly string[];
  readonly read: (request: CredentialSource) => unknown;
}

function define(draft: SchemeDraft): never {
  const definition: DependencyDefinition = {
    "~kind": "dependency",
    scope: "call",
    isScopeSaid: true,
    uses: [],
    input: new Map(),
    errors: {},
    security: { ...draft, isOptional: false, scopes: draft.scopes ?? [] },
    scopes: [],
    isFresh: false,
    name: draft.name,
    // The server reads the credential before anything else; there is nothing left to resolve.
    resolve: () => undefined,
  };
  return Object.freeze(definition) as never;
}

function basicChallenge(realm: string | undefined): string {
  return `Basic${realm === undefined ? "" : ` realm="${realm.replace(/["\\]/g, "\\$&")}",`} charset="UTF-8"`;
}

function described(description: string | undefined): { description?: string } {
  return description === undefined ? {} : { description };
}

function readKey(
  request: CredentialSource,
  location: "header" | "cookie" | "query",
  key: string,
): string | undefined {
  return match(location)
    .with("header", () => request.header(key.toLowerCase()))
    .with("cookie", () => request.cookie(key))
    .with("query", () => request.query(key))
    .exhaustive();
}

/** The credential after an authentication scheme's name, which is case-insensitive (RFC 9110, 11.1). */
function authorization(request: CredentialSource, scheme: string): string | undefined {
  const header = request.header("authorization");
  if (
    header === undefined ||
    header.slice(0, scheme.length).toLowerCase() !== scheme ||
    header[scheme.length] !== " "
  ) {
    return undefined;
  }
  return nonEmpty(header.slice(scheme.length + 1).trim());
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}

function readBasic(request: CredentialSource): BasicCredential | undefined {
  const encoded = authorization(request, "basic");
  if (encoded === undefined) {
    return undefined;
  }
  let text: string;
  try {
    const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
  const colon = text.indexOf(":");
  return colon < 0 ? undefined : { username: text.slice(0, colon), password: text.slice(colon + 1) };
}
