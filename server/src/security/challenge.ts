import type { Operation, SecurityRequirement } from "@tenon/core";

/** What a 401 asks for: a challenge for each scheme that would do (RFC 9110, 11.6.1). */
export function challengeOf(requirements: readonly SecurityRequirement[]): string {
  const challenges = requirements
    .flatMap(({ alternatives }) => alternatives.flat())
    .map(({ challenge }) => (typeof challenge === "string" ? challenge : challenge()));
  return [...new Set(challenges)].join(", ");
}

/** What a 401 of an operation asks for where the dependency that refused did not say; empty where it has no scheme. */
export function challengeOfOperation({ dependencies }: Operation): string {
  return challengeOf(
    dependencies.flatMap(({ security }) =>
      security === undefined || security.missing === "FORBIDDEN" ? [] : [security],
    ),
  );
}
