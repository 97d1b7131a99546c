import type { SecurityRequirementObject, SecuritySchemeObject } from "openapi3-ts/oas31";
import { DefinitionError } from "../error/definition-error.ts";
import type { Operation } from "../operation/operation.ts";
import { combine } from "../security/requirement.ts";
import type { SecurityRequirement, SecurityScheme } from "../security/scheme.ts";
import { canonical } from "./canonical.ts";

/** Tells whether an operation looks at credentials, be they optional: those that are sent can be refused. */
export function readsCredentials(operation: Operation): boolean {
  return schemesOf(operation).length > 0;
}

/** What an operation asks for: one alternative of each of its requirements, all combinations of them. */
export function describeSecurity(operation: Operation): SecurityRequirementObject[] {
  const requirements = requirementsOf(operation);
  if (requirements.length === 0) {
    return [];
  }
  const combined = combine(
    requirements.map(({ alternatives, isOptional }) => (isOptional ? [...alternatives, []] : alternatives)),
  );
  const described = combined.map((schemes) => requirement(schemes, operation.scopes));
  return [...new Map(described.map((each) => [canonical(each), each])).values()];
}

/** Every security scheme of the operations by name. Throws where one name means two things. */
export function describeSchemes(operations: readonly Operation[]): Record<string, SecuritySchemeObject> {
  const found = new Map<string, SecuritySchemeObject>();
  for (const { name, scheme } of operations.flatMap(schemesOf)) {
    const existing = found.get(name);
    if (existing !== undefined && canonical(existing) !== canonical(scheme)) {
      throw new DefinitionError(
        "DUPLICATE_COMPONENT",
        `two different security schemes are both called '${name}': give one another { name }`,
      );
    }
    found.set(name, scheme);
  }
  return Object.fromEntries([...found].sort(([one], [other]) => (one < other ? -1 : 1)));
}

function requirementsOf({ dependencies }: Operation): readonly SecurityRequirement[] {
  return dependencies.flatMap(({ security }) => (security === undefined ? [] : [security]));
}

function schemesOf(operation: Operation): readonly SecurityScheme[] {
  return requirementsOf(operation).flatMap(({ alternatives }) => alternatives.flat());
}

/** Each scope stands with every scheme that declares it (OpenAPI 3.1.1, 4.8.30). */
function requirement(
  schemes: readonly SecurityScheme[],
  asked: readonly string[],
): SecurityRequirementObject {
  const object: SecurityRequirementObject = {};
  for (const { name, scopes } of schemes) {
    object[name] = asked.filter((scope) => scopes.includes(scope));
  }
  return object;
}
