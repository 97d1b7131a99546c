import type { AnyDependency, DependencyDefinition, UseStep } from "./dependency.ts";

/** One `app.override(…)`: what stands for a dependency wherever it is used. */
export type Override = readonly [dependency: AnyDependency, replacement: unknown];

/**
 * Puts replacements into the graph of dependencies. Nothing is changed: what uses a replaced dependency is copied, once, so that a
 * value is still resolved once for all that use it.
 */
export class Overriding {
  readonly #replacements = new Map<DependencyDefinition, DependencyDefinition>();
  readonly #made = new Map<DependencyDefinition, DependencyDefinition>();
  /** Replacements that are being made: what they themselves use under that name is the original. */
  readonly #open = new Set<DependencyDefinition>();

  /** Later overrides of the same dependency win. */
  constructor(overrides: readonly Override[]) {
    for (const [dependency, replacement] of overrides) {
      const original = originOf(dependency as unknown as DependencyDefinition);
      this.#replacements.set(original, asDependency(replacement, original));
    }
  }

  steps(steps: readonly UseStep[]): readonly UseStep[] {
    return this.#replacements.size === 0 ? steps : mapChanged(steps, (step) => this.#step(step));
  }

  apply(dependency: DependencyDefinition): DependencyDefinition {
    const original = originOf(dependency);
    const replacement = this.#open.has(original) ? undefined : this.#replacements.get(original);
    if (this.#open.size === 0) {
      const known = this.#made.get(dependency);
      if (known !== undefined) {
        return known;
      }
    }
    const made =
      replacement === undefined
        ? this.#withUses(dependency)
        : this.#replace(dependency, original, replacement);
    if (this.#open.size === 0) {
      this.#made.set(dependency, made);
    }
    return made;
  }

  #replace(
    dependency: DependencyDefinition,
    original: DependencyDefinition,
    replacement: DependencyDefinition,
  ): DependencyDefinition {
    this.#open.add(original);
    const made = this.#withUses(replacement);
    this.#open.delete(original);
    return dependency.isFresh ? Object.freeze({ ...made, isFresh: true }) : made;
  }

  #withUses(dependency: DependencyDefinition): DependencyDefinition {
    const uses = mapChanged(dependency.uses, (step) => this.#step(step));
    return uses === dependency.uses ? dependency : Object.freeze({ ...dependency, uses });
  }

  #step(step: UseStep): UseStep {
    if (step.kind === "guard") {
      const dependencies = mapChanged(step.dependencies, (dependency) => this.apply(dependency));
      return dependencies === step.dependencies ? step : { kind: "guard", dependencies };
    }
    const entries = mapChanged(step.entries, (entry) => {
      const applied = this.apply(entry[1]);
      return applied === entry[1] ? entry : ([entry[0], applied] as const);
    });
    return entries === step.entries ? step : { kind: "use", entries };
  }
}

/** What `dependency.fresh(…)` made its copy of. */
function originOf(dependency: DependencyDefinition): DependencyDefinition {
  return dependency.origin ?? dependency;
}

function asDependency(replacement: unknown, original: DependencyDefinition): DependencyDefinition {
  if ((replacement as DependencyDefinition | null | undefined)?.["~kind"] === "dependency") {
    return replacement as DependencyDefinition;
  }
  return Object.freeze({
    ...original,
    uses: [],
    input: new Map(),
    errors: {},
    scopes: [],
    security: undefined,
    // A promise is a value, too: it is there when it is used.
    resolve: () => replacement,
  });
}

/** The same list where nothing changed. */
function mapChanged<Item>(items: readonly Item[], change: (item: Item) => Item): readonly Item[] {
  const changed = items.map(change);
  return changed.every((item, index) => item === items[index]) ? items : changed;
}
