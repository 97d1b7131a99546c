import type { CredentialSource, SecurityRequirement, SecurityScheme } from "@tenon/core";
import type { DependencyPlan } from "../dependency/plan.ts";
import type { RequestContext } from "../request/request-context.ts";
import { frameworkError } from "../response/problem.ts";
import { challengeOf } from "./challenge.ts";
import { isFromOtherSite } from "./other-site.ts";

/** What decides whether a cookie is enough. */
export interface CookieRules {
  /** The operation may change something, or opens a socket. */
  readonly isUnsafe: boolean;
  /** Other sites whose pages may use the cookies of this one. */
  readonly origins: ReadonlySet<string>;
}

/**
 * Compiles the reading of credentials: a missing or empty one is 401 with the scheme's challenge, a cookie that a page of
 * another site sent along is 403.
 */
export function compileCredentials(
  plan: DependencyPlan,
  { isUnsafe, origins }: CookieRules,
): ((context: RequestContext) => void) | undefined {
  if (plan.credentials.length === 0) {
    return undefined;
  }
  return (context) => {
    const source = new ContextCredentials(context);
    for (const { index, dependency } of plan.credentials) {
      const security = dependency.security;
      if (security === undefined) {
        continue;
      }
      const presented = security.read(source);
      if (presented === undefined && !security.isOptional) {
        throw refusal(security);
      }
      if (
        presented !== undefined &&
        isUnsafe &&
        presented.schemes.some(isCookie) &&
        isFromOtherSite(context.exchange, origins)
      ) {
        throw frameworkError("FORBIDDEN", "a page of another site cannot act by this site's cookies");
      }
      (context.resolved as unknown[])[index] = presented === undefined ? null : presented.value;
    }
  };
}

/** 401 with a challenge for each scheme that would do (RFC 9110, 11.6.1), or 403 where that was chosen. */
function refusal(requirement: SecurityRequirement): unknown {
  if (requirement.missing === "FORBIDDEN") {
    return frameworkError("FORBIDDEN", "Not authenticated");
  }
  return frameworkError("UNAUTHENTICATED", undefined, {
    headers: { "www-authenticate": challengeOf([requirement]) },
  });
}

function isCookie({ scheme }: SecurityScheme): boolean {
  return scheme.type === "apiKey" && scheme.in === "cookie";
}

class ContextCredentials implements CredentialSource {
  readonly #context: RequestContext;

  constructor(context: RequestContext) {
    this.#context = context;
  }

  header(name: string): string | undefined {
    return this.#context.exchange.header(name);
  }

  cookie(name: string): string | undefined {
    return this.#context.requestCookies.get(name);
  }

  query(name: string): string | undefined {
    const value = this.#context.readQuery()[name];
    return typeof value === "string" ? value : undefined;
  }
}
