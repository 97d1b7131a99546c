import type { DependencyDefinition } from "../dependency/dependency.ts";
import { DefinitionError } from "../error/definition-error.ts";
import type { CredentialSource, Presented, SecurityRequirement, SecurityScheme } from "./scheme.ts";

/** The requirement of one scheme alone. */
export function requireScheme(
  scheme: SecurityScheme,
  missing: SecurityRequirement["missing"],
): SecurityRequirement {
  const schemes = [scheme];
  return {
    alternatives: [schemes],
    isOptional: false,
    missing,
    read: (request) => {
      const value = scheme.read(request);
      return value === undefined ? undefined : { value, schemes };
    },
  };
}

/** One of several: the first that is met, under its key. */
export function requireAny(requirements: Readonly<Record<string, SecurityRequirement>>): SecurityRequirement {
  const entries = Object.entries(requirements);
  checkMembers(entries, "any");
  return {
    alternatives: entries.flatMap(([, { alternatives }]) => alternatives),
    isOptional: false,
    missing: "UNAUTHENTICATED",
    read: (request) => {
      for (const [key, requirement] of entries) {
        const presented = requirement.read(request);
        if (presented !== undefined) {
          return { value: { [key]: presented.value }, schemes: presented.schemes };
        }
      }
      return undefined;
    },
  };
}

/** All of several together, each under its key. */
export function requireAll(requirements: Readonly<Record<string, SecurityRequirement>>): SecurityRequirement {
  const entries = Object.entries(requirements);
  checkMembers(entries, "all");
  return {
    alternatives: combine(entries.map(([, { alternatives }]) => alternatives)),
    isOptional: false,
    missing: "UNAUTHENTICATED",
    read: (request) => readAll(entries, request),
  };
}

/** Every way to take one alternative of each: requirements that stand side by side are needed together. */
export function combine(
  choices: readonly (readonly (readonly SecurityScheme[])[])[],
): readonly (readonly SecurityScheme[])[] {
  return choices.reduce<readonly (readonly SecurityScheme[])[]>(
    (combined, alternatives) =>
      combined.flatMap((schemes) => alternatives.map((more) => [...new Set([...schemes, ...more])])),
    [[]],
  );
}

/** The requirement of a dependency that is one of the schemes. */
export function requirementOf(scheme: object, where: string): SecurityRequirement {
  const { security } = scheme as DependencyDefinition;
  if (security === undefined) {
    throw new DefinitionError(
      "NOT_A_SCHEMA",
      `${where} takes security schemes: security.bearer(), security.apiKey(…) and the like`,
    );
  }
  return security;
}

function readAll(
  entries: readonly (readonly [string, SecurityRequirement])[],
  request: CredentialSource,
): Presented | undefined {
  const value: Record<string, unknown> = {};
  const schemes: SecurityScheme[] = [];
  for (const [key, requirement] of entries) {
    const presented = requirement.read(request);
    if (presented === undefined) {
      return undefined;
    }
    value[key] = presented.value;
    schemes.push(...presented.schemes);
  }
  return { value, schemes };
}

function checkMembers(
  entries: readonly (readonly [string, SecurityRequirement])[],
  kind: "any" | "all",
): void {
  if (entries.length === 0) {
    throw new DefinitionError("MISSING_VALUE", `security.${kind}({}) names no scheme`);
  }
  const optional = entries.find(([, { isOptional }]) => isOptional);
  if (optional !== undefined) {
    throw new DefinitionError(
      "MISSING_VALUE",
      `security.${kind}({ ${optional[0]} }) holds an optional scheme: write security.optional(security.${kind}(…)) around the whole`,
    );
  }
}
