import { type DependencyDefinition, isFailure, type UseStep } from "@tenon/core";

/** Whoever uses dependencies, for messages. */
export interface User {
  /** An operation's id, or the like. */
  readonly name: string;
  readonly uses: readonly UseStep[];
}

/** A dependency of scope `app` that could not be opened; its cause is what it threw. */
export class StartError extends Error {
  override readonly name = "StartError";
}

/** Says which dependency it was, by the key and the operation that use it. A declared failure stays what it is. */
export function startError(
  error: unknown,
  dependency: DependencyDefinition,
  users: readonly User[],
): unknown {
  if (isFailure(error) || error instanceof StartError) {
    return error;
  }
  const found = users.flatMap(({ name, uses }) => {
    const key = keyOf(dependency, uses, new Set());
    return key === undefined ? [] : [`'${key}' (used by '${name}')`];
  });
  const what = found[0] ?? `'${dependency.name ?? "a dependency of scope app"}'`;
  const why = error instanceof Error ? error.message : String(error);
  return new StartError(`the application cannot start: ${what}: ${why}`, { cause: error });
}

/** The key under which it is used first, at whatever depth. */
function keyOf(
  wanted: DependencyDefinition,
  uses: readonly UseStep[],
  seen: Set<DependencyDefinition>,
): string | undefined {
  for (const step of uses) {
    const entries =
      step.kind === "use" ? step.entries : step.dependencies.map((each) => [each.name ?? "?", each] as const);
    for (const [key, used] of entries) {
      if (used === wanted) {
        return key;
      }
      if (!seen.has(used)) {
        seen.add(used);
        const below = keyOf(wanted, used.uses, seen);
        if (below !== undefined) {
          return below;
        }
      }
    }
  }
  return undefined;
}
