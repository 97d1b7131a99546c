import type { DependencyDefinition, Operation, UseStep } from "@tenon/core";
import { closeExits, type Exits } from "./dependency/exits.ts";
import { open } from "./dependency/resolve.ts";
import { startError, type User } from "./start-error.ts";

/** The values of scope `app`: resolved in order when the app starts, closed in reverse when it stops. */
export class Lifespan {
  readonly #dependencies: readonly DependencyDefinition[];
  readonly #users: User[];
  readonly #values = new Map<DependencyDefinition, unknown>();
  readonly #late = new Map<DependencyDefinition, Promise<void>>();
  #exits: Exits = [];
  #started: Promise<void> | undefined;
  #stopping: Promise<void> | undefined;
  isStarted = false;

  /** `opens`: what is opened, though no operation uses it; the used before the users. */
  constructor(operations: readonly Operation[], opens: readonly DependencyDefinition[] = []) {
    const found = operations.flatMap(({ dependencies }) =>
      dependencies.filter(({ scope }) => scope === "app"),
    );
    this.#dependencies = [...new Set([...found, ...opens])];
    this.#users = operations.map(({ id, uses }) => ({ name: id, uses }));
    this.isStarted = this.#dependencies.length === 0;
  }

  /** Resolves everything once; a failure closes what was opened, and is thrown. */
  start(): Promise<void> {
    this.#started ??= this.#stopping === undefined ? this.#start() : this.#restart(this.#stopping);
    return this.#started;
  }

  async #restart(stopping: Promise<void>): Promise<void> {
    await stopping.catch(() => {});
    await this.#start();
  }

  async #start(): Promise<void> {
    try {
      for (const dependency of this.#dependencies) {
        await this.#resolve(dependency);
      }
      this.isStarted = true;
    } catch (error) {
      this.#started = undefined;
      await this.#close();
      throw error;
    }
  }

  /** The value of a dependency that no operation may use: resolved when first asked for, closed with the others. */
  async ensure(dependency: DependencyDefinition): Promise<unknown> {
    await this.start();
    let pending = this.#late.get(dependency);
    if (pending === undefined && !this.#values.has(dependency)) {
      pending = this.#open(dependency);
      this.#late.set(dependency, pending);
    }
    await pending;
    return this.#values.get(dependency);
  }

  /** Resolves every value of scope `app` at or below these, in order: for what no operation uses. */
  async open(uses: readonly UseStep[], user: string): Promise<void> {
    this.#users.push({ name: user, uses });
    for (const dependency of usedBy(uses)) {
      await (dependency.scope === "app" ? this.ensure(dependency) : this.open(dependency.uses, user));
    }
  }

  async #open(dependency: DependencyDefinition): Promise<void> {
    for (const used of usedBy(dependency.uses)) {
      await this.ensure(used);
    }
    await this.#resolve(dependency);
  }

  async #resolve(dependency: DependencyDefinition): Promise<void> {
    try {
      const { value, exit } = await open(dependency, this.#argumentOf(dependency));
      this.#values.set(dependency, value);
      if (exit !== undefined) {
        this.#exits.push(exit);
      }
    } catch (error) {
      throw startError(error, dependency, this.#users);
    }
  }

  #argumentOf(dependency: DependencyDefinition): object {
    const argument: Record<string, unknown> = {};
    for (const step of dependency.uses) {
      if (step.kind === "use") {
        for (const [key, used] of step.entries) {
          argument[key] = this.value(used);
        }
      }
    }
    return argument;
  }

  value(dependency: DependencyDefinition): unknown {
    return this.#values.get(dependency);
  }

  /** Closes in reverse order; throws what a closing threw, after all were tried. A start that is under way is awaited. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop().finally(() => {
      this.#stopping = undefined;
    });
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    const started = this.#started;
    this.#started = undefined;
    await started?.catch(() => {});
    await this.#close();
  }

  async #close(): Promise<void> {
    const exits = this.#exits;
    this.#exits = [];
    this.isStarted = this.#dependencies.length === 0;
    this.#values.clear();
    this.#late.clear();
    const earlier: unknown[] = [];
    const closed = await closeExits(exits, undefined, { reportError: (error) => earlier.push(error) });
    if (closed.isFailure) {
      throw earlier.length === 0
        ? closed.error
        : new AggregateError(
            [...earlier, closed.error],
            "several dependencies of the application failed to close",
          );
    }
  }
}

function usedBy(uses: readonly UseStep[]): readonly DependencyDefinition[] {
  return uses.flatMap((step) =>
    step.kind === "use" ? step.entries.map(([, dependency]) => dependency) : step.dependencies,
  );
}
