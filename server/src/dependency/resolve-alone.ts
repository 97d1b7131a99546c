import type { DependencyDefinition } from "@tenon/core";
import type { Lifespan } from "../lifespan.ts";
import { makersOf } from "../route/handler-argument.ts";
import { closeExits, type Exits } from "./exits.ts";
import { open } from "./resolve.ts";

/** A value that was resolved outside of a request. `await using` closes it, and what it uses. */
export interface Resolved<Value> {
  readonly value: Value;
  /** Closes what was opened for it, in reverse order; with the error that ended its use, where there is one. */
  close(error?: unknown): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** How a dependency is resolved outside of a request. */
export interface ResolveOptions {
  /** What the dependencies see as their signal. Without one, theirs is aborted when the value is closed. */
  readonly signal?: AbortSignal;
}

/**
 * Resolves a dependency and what it uses outside of a request: for jobs, command lines and tests. Values of scope `app` are the
 * application's own. Throws a `TypeError` for whatever only a request can give.
 */
export async function resolveAlone(
  root: DependencyDefinition,
  lifespan: Lifespan,
  { signal }: ResolveOptions = {},
): Promise<Resolved<unknown>> {
  const exits: Exits = [];
  const values = new Map<DependencyDefinition, unknown>();
  const controller = new AbortController();

  const resolve = async (dependency: DependencyDefinition): Promise<unknown> => {
    if (dependency.scope === "app") {
      return lifespan.ensure(dependency);
    }
    if (!dependency.isFresh && values.has(dependency)) {
      return values.get(dependency);
    }
    const argument = new LoneArgument(dependency, signal ?? controller.signal) as LoneArgument &
      Record<string, unknown>;
    for (const step of dependency.uses) {
      const entries =
        step.kind === "use" ? step.entries : step.dependencies.map((each) => [undefined, each] as const);
      for (const [key, used] of entries) {
        const value = await resolve(used);
        if (key !== undefined) {
          argument[key] = value;
        }
      }
    }
    const { value, exit } = await open(dependency, argument);
    if (exit !== undefined) {
      exits.push(exit);
    }
    values.set(dependency, value);
    return value;
  };

  const close = async (outcome?: { readonly isFailure: true; readonly error: unknown }): Promise<void> => {
    const open = exits.splice(0);
    controller.abort(new DOMException("the value is closed", "AbortError"));
    const closed = await closeExits(open, outcome);
    if (closed.isFailure && closed.error !== outcome?.error) {
      throw closed.error;
    }
  };

  try {
    const value = await resolve(root);
    const end = (error?: unknown): Promise<void> =>
      close(error === undefined ? undefined : { isFailure: true, error });
    return { value, close: end, [Symbol.asyncDispose]: () => end() };
  } catch (error) {
    await close({ isFailure: true, error }).catch(() => {});
    throw error;
  }
}

/** The argument of a dependency outside of a request. */
class LoneArgument {
  readonly input: object = Object.freeze({});
  readonly errors: unknown;
  readonly signal: AbortSignal;

  constructor({ name, input, security, errors }: DependencyDefinition, signal: AbortSignal) {
    const [key] = input.keys();
    if (key !== undefined || security !== undefined) {
      throw new TypeError(
        `the dependency '${name ?? "?"}' needs a request${key === undefined ? " with credentials" : `'s '${key}'`}: override it`,
      );
    }
    this.errors = makersOf(errors);
    this.signal = signal;
  }

  get ctx(): never {
    throw new TypeError("there is no request here, and so no ctx: override the dependency that asks for it");
  }
}
