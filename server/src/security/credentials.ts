import type { CredentialSource } from "@tenon/core";
import type { DependencyPlan } from "../dependency/plan.ts";
import type { RequestContext } from "../request/request-context.ts";
import { frameworkError } from "../response/problem.ts";

/** Compiles the reading of credentials: a missing or empty one is 401 with the scheme's challenge. */
export function compileCredentials(plan: DependencyPlan): ((context: RequestContext) => void) | undefined {
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
      const credential = security.read(source);
      if (credential === undefined && !security.isOptional) {
        throw frameworkError("UNAUTHENTICATED", undefined, {
          headers: { "www-authenticate": security.challenge },
        });
      }
      (context.resolved as unknown[])[index] = credential ?? null;
    }
  };
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
