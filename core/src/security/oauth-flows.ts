import type { OAuthFlowsObject } from "openapi3-ts/oas31";
import { DefinitionError } from "../error/definition-error.ts";

/** The flows by which a caller obtains a token (RFC 6749, 4; OpenAPI 3.1.1, 4.8.28). At least one. URLs may be relative to the server's. */
export interface OAuthFlows {
  authorizationCode?: { authorizationUrl: string; tokenUrl: string; refreshUrl?: string };
  clientCredentials?: { tokenUrl: string; refreshUrl?: string };
  /** Kept for existing services: OAuth 2.1 leaves it out. */
  password?: { tokenUrl: string; refreshUrl?: string };
  /** Kept for existing services: OAuth 2.1 leaves it out. */
  implicit?: { authorizationUrl: string; refreshUrl?: string };
}

/** The flows as the document has them: each names every scope. Throws where there is none. */
export function describeFlows(
  flows: OAuthFlows,
  scopes: Readonly<Record<string, string>>,
  name: string,
): OAuthFlowsObject {
  const described = Object.entries(flows).filter(([, flow]) => flow !== undefined);
  if (described.length === 0) {
    throw new DefinitionError(
      "MISSING_VALUE",
      `the security scheme '${name}' has no flow: write { flows: { password: { tokenUrl: "/token" } } }, for example`,
    );
  }
  return Object.fromEntries(described.map(([kind, flow]) => [kind, { ...flow, scopes: { ...scopes } }]));
}
