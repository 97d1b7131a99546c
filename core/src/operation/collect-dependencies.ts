import type { DependencyDefinition, Scope, UseStep } from "../dependency/dependency.ts";
import { DefinitionError } from "../error/definition-error.ts";

const LIFE: Record<Scope, number> = { call: 0, request: 1, app: 2 };

/**
 * Each dependency at or below the steps once, the used before the users, in declared order.
 * Throws where they form a cycle, or where a longer scope uses a shorter one.
 */
export function collectDependencies(
  steps: readonly UseStep[],
  where: string,
): readonly DependencyDefinition[] {
  const done = new Set<DependencyDefinition>();
  const open = new Set<DependencyDefinition>();
  const visit = (dependency: DependencyDefinition): void => {
    if (done.has(dependency)) {
      return;
    }
    if (open.has(dependency)) {
      throw new DefinitionError(
        "DEPENDENCY_CYCLE",
        `'${where}' uses ${nameOf(dependency)}, which uses itself: break the cycle`,
      );
    }
    open.add(dependency);
    for (const used of dependenciesOf(dependency.uses)) {
      if (LIFE[used.scope] < LIFE[dependency.scope]) {
        throw new DefinitionError(
          "SCOPE",
          `'${where}': ${nameOf(dependency)} of scope '${dependency.scope}' uses ${nameOf(used)} of scope '${used.scope}', which lives shorter`,
        );
      }
      visit(used);
    }
    open.delete(dependency);
    done.add(dependency);
  };
  for (const dependency of dependenciesOf(steps)) {
    visit(dependency);
  }
  return [...done];
}

/** The dependencies that steps name, in declared order. */
export function dependenciesOf(steps: readonly UseStep[]): readonly DependencyDefinition[] {
  return steps.flatMap((step) =>
    step.kind === "use" ? step.entries.map(([, dependency]) => dependency) : step.dependencies,
  );
}

function nameOf(dependency: DependencyDefinition): string {
  return dependency.name === undefined ? "a dependency" : `the dependency '${dependency.name}'`;
}
