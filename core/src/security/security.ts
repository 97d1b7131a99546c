import type { SecuritySchemeObject } from "openapi3-ts/oas31";
import { match } from "ts-pattern";
import type { Dependency, DependencyDefinition } from "../dependency/dependency.ts";
import { describeFlows, type OAuthFlows } from "./oauth-flows.ts";
import { requireAll, requireAny, requirementOf, requireScheme } from "./requirement.ts";
import type { CredentialSource, SecurityRequirement, SecurityScheme } from "./scheme.ts";

/** A credential as a dependency: it joins admission, the document and the client's `auth`. */
export type Security<Credential, Scopes = never> = Dependency<Credential, "call", never, never, Scopes>;

/** Options of every scheme. */
export interface SecurityOptions {
  /** Its name under `components/securitySchemes`. */
  name?: string;
  description?: string;
  /** The `WWW-Authenticate` challenge of 401, where the scheme's own does not fit. */
  challenge?: string;
  /** What a missing credential is answered with; 401 by default. `FORBIDDEN` is for callers that know nothing but 403. */
  missing?: "UNAUTHENTICATED" | "FORBIDDEN";
}

// oxlint-disable-next-line typescript/no-explicit-any -- the top of all schemes
type Schemes = Readonly<Record<string, Security<any, any>>>;
type Either<S extends Schemes> = { [Key in keyof S]: { readonly [K in Key]: S[K]["~value"] } }[keyof S];
type Together<S extends Schemes> = { readonly [Key in keyof S]: S[Key]["~value"] };

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
  /**
   * `Authorization: Digest …` (RFC 7616). Yields its parameters, which the application verifies: the challenge holds a nonce of
   * the application's own.
   */
  digest(
    options: Omit<SecurityOptions, "challenge"> & { challenge: string | (() => string) },
  ): Security<Readonly<Record<string, string>>>;
  /** A certificate of the caller's, presented to whoever ends TLS: documentation of what is enforced there. */
  mutualTLS(options: SecurityOptions & { header: string }): Security<string>;
  /** One of several schemes: the first that the request meets, under its key: `{ token: … } | { key: … }`. */
  any<S extends Schemes>(schemes: S): Security<Either<S>, S[keyof S]["~scopes"]>;
  /** Several schemes together, each under its key. */
  all<S extends Schemes>(schemes: S): Security<Together<S>, S[keyof S]["~scopes"]>;
  /** The same credential, or `null` where the request has none. */
  optional<Credential, Scopes>(scheme: Security<Credential, Scopes>): Security<Credential | null, Scopes>;
} = {
  bearer: ({ name = "bearer", description, format, challenge = "Bearer", missing } = {}) =>
    define({
      name,
      scheme: {
        type: "http",
        scheme: "bearer",
        ...described(description),
        ...(format === undefined ? {} : { bearerFormat: format }),
      },
      challenge,
      missing,
      read: (request) => authorization(request, "bearer"),
    }),
  basic: ({ name = "basic", description, realm, challenge = basicChallenge(realm), missing } = {}) =>
    define({
      name,
      scheme: { type: "http", scheme: "basic", ...described(description) },
      challenge,
      missing,
      read: readBasic,
    }),
  digest: ({ name = "digest", description, challenge, missing }) =>
    define({
      name,
      scheme: { type: "http", scheme: "digest", ...described(description) },
      challenge,
      missing,
      read: readDigest,
    }),
  apiKey: ({ name = "apiKey", description, in: location, key, challenge = "ApiKey", missing }) =>
    define({
      name,
      scheme: { type: "apiKey", in: location, name: key, ...described(description) },
      challenge,
      missing,
      read: (request) => nonEmpty(readKey(request, location, key)),
    }),
  oauth2: ({ name = "oauth2", description, challenge = "Bearer", missing, flows, scopes = {} }) =>
    define({
      name,
      scheme: { type: "oauth2", flows: describeFlows(flows, scopes, name), ...described(description) },
      challenge,
      missing,
      scopes: Object.keys(scopes),
      read: (request) => authorization(request, "bearer"),
    }),
  openIdConnect: ({ name = "openIdConnect", description, challenge = "Bearer", missing, url, scopes = [] }) =>
    define({
      name,
      scheme: { type: "openIdConnect", openIdConnectUrl: url, ...described(description) },
      challenge,
      missing,
      scopes,
      read: (request) => authorization(request, "bearer"),
    }),
  mutualTLS: ({ name = "mutualTLS", description, header, challenge = "mutualTLS", missing }) =>
    define({
      name,
      // openapi3-ts does not know the type (OpenAPI 3.1.1, 4.8.27).
      scheme: { type: "mutualTLS" as "http", ...described(description) },
      challenge,
      missing,
      read: (request) => nonEmpty(request.header(header.toLowerCase())),
    }),
  any: (schemes) =>
    carry(requireAny(requirementsOf(schemes, "security.any")), Object.keys(schemes).join(" or ")),
  all: (schemes) =>
    carry(requireAll(requirementsOf(schemes, "security.all")), Object.keys(schemes).join(" and ")),
  optional: (scheme) => {
    const requirement = requirementOf(scheme, "security.optional");
    const { name } = scheme as unknown as DependencyDefinition;
    return carry({ ...requirement, isOptional: true }, name ?? "credentials");
  },
};

function requirementsOf(schemes: Schemes, where: string): Record<string, SecurityRequirement> {
  return Object.fromEntries(
    Object.entries(schemes).map(([key, scheme]) => [key, requirementOf(scheme, where)]),
  );
}

interface SchemeDraft {
  readonly name: string;
  readonly scheme: SecuritySchemeObject;
  readonly challenge: SecurityScheme["challenge"];
  readonly missing: SecurityRequirement["missing"] | undefined;
  readonly scopes?: readonly string[];
  readonly read: (request: CredentialSource) => unknown;
}

function define({ missing = "UNAUTHENTICATED", ...draft }: SchemeDraft): never {
  return carry(requireScheme({ ...draft, scopes: draft.scopes ?? [] }, missing), draft.name);
}

function carry(security: SecurityRequirement, name: string): never {
  const definition: DependencyDefinition = {
    "~kind": "dependency",
    scope: "call",
    isScopeSaid: true,
    uses: [],
    input: new Map(),
    errors: {},
    security,
    scopes: [],
    isFresh: false,
    origin: undefined,
    name,
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

// auth-param (RFC 9110, 11.2), as Digest uses it (RFC 7616, 3.4).
const PARAMETER =
  /\s*([!#$%&'*+.^_`|~\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([!#$%&'*+.^_`|~\w-]+))\s*(?:,|$)/gy;

function readDigest(request: CredentialSource): Readonly<Record<string, string>> | undefined {
  const text = authorization(request, "digest");
  if (text === undefined) {
    return undefined;
  }
  const parameters: Record<string, string> = Object.create(null);
  let end = 0;
  for (const match of text.matchAll(PARAMETER)) {
    const [whole, name = "", quoted, token = ""] = match;
    parameters[name.toLowerCase()] = quoted?.replace(/\\(.)/g, "$1") ?? token;
    end = match.index + whole.length;
  }
  return end === text.length ? parameters : undefined;
}
