import type { Failure } from "../error/api-error.ts";
import type { ErrorShape, ProblemMap } from "../error/declared.ts";
import { checkErrors, mergeErrors } from "../error/merge-errors.ts";
import { DefinitionError } from "../error/definition-error.ts";
import { type InputField, mergeFields, readInputSlot } from "../procedure/input-field.ts";
import type { Arguments } from "../procedure/arguments.ts";
import type { Unset } from "../procedure/reply.ts";
import type { InsideIn, OutsideOf, TagsOf } from "../procedure/tags.ts";
import type { Mistake } from "../type/mistake.ts";
import type { ObjectOut, Shape, ShapeOf } from "../type/schema-side.ts";
import type { AnyDependency, Dependency, DependencyDefinition, Part, Scope } from "./dependency.ts";
import { readUse, type Dependencies, type ScopesOf, type Values } from "./use.ts";

type Resolved<Result> = Exclude<
  Result extends AsyncGenerator<infer Value, unknown, unknown>
    ? Value
    : Result extends Generator<infer Value, unknown, unknown>
      ? Value
      : Awaited<Result>,
  Failure
>;
type PartOf<S extends Shape> = [keyof S] extends [never]
  ? never
  : Part<InsideIn<S>, ObjectOut<S>, Exclude<TagsOf<S>, "@outside">, OutsideOf<S>>;

interface LongerOrEqual {
  app: "app";
  request: "app" | "request";
  call: Scope;
}
type CheckScope<S extends Scope, Used extends AnyDependency, Input> = [Used["~scope"]] extends [
  LongerOrEqual[S],
]
  ? S extends "app"
    ? [keyof Input | Used["~parts"]] extends [never]
      ? unknown
      : Mistake<"a dependency of scope 'app' has no request, so it cannot have an input">
    : unknown
  : Mistake<`a dependency of scope '${S}' cannot use one of scope '${Exclude<Used["~scope"], LongerOrEqual[S]>}', which lives shorter`>;

/** Builds a dependency. Immutable: each step returns a new builder. */
export interface DependencyBuilder<
  Values_,
  Used extends AnyDependency,
  Input extends Shape,
  Errors extends Shape,
  S extends Scope,
> {
  /** Resolves other dependencies first; their values appear under their keys in the argument of `resolve`. */
  use<U extends Dependencies>(
    dependencies: U,
  ): DependencyBuilder<Values_ & Values<U>, Used | U[keyof U], Input, Errors, S>;
  /** Runs dependencies for their effect only, in order, after everything declared before. */
  guard<G extends readonly AnyDependency[]>(
    ...dependencies: G
  ): DependencyBuilder<Values_, Used | G[number], Input, Errors, S>;
  /** Parameters that it reads from the request; they join every procedure that uses it. */
  input<I>(shape: I): DependencyBuilder<Values_, Used, Input & ShapeOf<I>, Errors, S>;
  /** The ways in which it may fail; they join every procedure that uses it. */
  errors<E extends Record<string, ErrorShape>>(
    errors: E,
  ): DependencyBuilder<Values_, Used, Input, Errors & E, S>;
  /** Scopes that the caller's credential has to carry; they join those of every procedure that uses it. */
  scopes(...names: ScopesOf<Used>[]): DependencyBuilder<Values_, Used, Input, Errors, S>;
  /** How long the value lives; `call` by default. */
  scope<const N extends Scope>(scope: N): DependencyBuilder<Values_, Used, Input, Errors, N>;
  /** The value: by return, by promise, or by the one `yield` of a (async) generator, which closes it afterwards. */
  resolve<R>(
    resolve: ((argument: Arguments<Values_, Used, Input, Errors, Unset>) => R) & CheckScope<S, Used, Input>,
  ): Dependency<
    Resolved<R>,
    S,
    PartOf<Input> | Used["~parts"],
    ProblemMap<Errors> | Used["~errors"],
    Used["~scopes"]
  >;
}

const EMPTY: Omit<DependencyDefinition, "resolve"> = {
  "~kind": "dependency",
  scope: "call",
  isScopeSaid: false,
  uses: [],
  input: new Map(),
  errors: {},
  security: undefined,
  scopes: [],
  isFresh: false,
  origin: undefined,
  name: undefined,
};

function build(definition: Omit<DependencyDefinition, "resolve">): object {
  const where = "a dependency";
  return Object.freeze({
    use: (dependencies: Record<string, unknown>) =>
      build({ ...definition, uses: [...definition.uses, readUse(dependencies, definition.uses, where)] }),
    guard: (...dependencies: DependencyDefinition[]) =>
      build({ ...definition, uses: [...definition.uses, { kind: "guard", dependencies }] }),
    input: (slot: unknown) =>
      build({ ...definition, input: mergeFields(definition.input, fieldsOf(slot), where) }),
    errors: (errors: Record<string, ErrorShape>) =>
      build({ ...definition, errors: mergeErrors(definition.errors, checkErrors(errors, where), where) }),
    scopes: (...names: string[]) => build({ ...definition, scopes: [...definition.scopes, ...names] }),
    scope: (scope: Scope) => build({ ...definition, scope, isScopeSaid: true }),
    resolve: (resolve: DependencyDefinition["resolve"]) =>
      Object.freeze({ ...definition, resolve, name: resolve.name === "" ? undefined : resolve.name }),
    fresh: (dependency: DependencyDefinition) =>
      Object.freeze({ ...dependency, isFresh: true, origin: dependency.origin ?? dependency }),
  });
}

// Admission may read a part of an input before the rest is there.
function fieldsOf(slot: unknown): ReadonlyMap<string, InputField> {
  const { fields, refinement } = readInputSlot(slot);
  if (refinement !== undefined) {
    throw new DefinitionError(
      "NOT_A_SCHEMA",
      "the input of a dependency cannot be refined as a whole: refine its keys, or the procedure's input",
    );
  }
  return fields;
}

/** The base of every dependency: `dependency.use({ pool }).resolve(async function* ({ pool }) { … yield session; … })`. */
export const dependency: DependencyBuilder<{}, never, {}, {}, "call"> & {
  /** The same dependency, resolved anew where it is used instead of once per request. */
  fresh<D extends AnyDependency>(dependency: D): D;
} = build(EMPTY) as never;
