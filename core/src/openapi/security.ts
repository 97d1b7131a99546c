import type { SecurityRequirementObject, SecuritySchemeObject } from "openapi3-ts/oas31";
import { DefinitionError } from "../error/definition-error.ts";
import type { Operation } from "../operation/operation.ts";
import type { SecurityScheme } from "../security/scheme.ts";
import { canonical } from "./canonical.ts";

/** Tells whether an operation looks at credentials, be they optional: those that are sent can be refused. */
export function readsCredentials(operation: Operation): boolean {
  return schemesOf(operation).length > 0;
}

/** What an operation asks for: all schemes together; where some are optional, the others alone will do. */
export function describeSecurity(operation: Operation): SecurityRequirementObject[] {
  const schemes = schemesOf(operation);
  const required = schemes.filter(({ isOptional }) => !isOptional);
  const all = requirement(schemes, operation.scopes);
  return required.length === schemes.length
    ? schemes.length === 0
      ? []
      : [all]
    : [all, requirement(required, operation.scopes)];
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

function schemesOf({ dependencies }: Operation): readonly SecurityScheme[] {
  return dependencies.flatMap(({ security }) => (security === undefined ? [] : [security]));
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
