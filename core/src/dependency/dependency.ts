import type { ErrorShape } from "../error/declared.ts";
import type { InputField } from "../procedure/input-field.ts";
import type { SecurityRequirement } from "../security/scheme.ts";

/** How long a resolved value lives: until the output is encoded, until the last byte left, or as long as the app. */
export type Scope = "app" | "request" | "call";

/** What a dependency asks of the caller. Parts are collected in a union and intersected once, in the finished procedure. */
export interface Part<In, Out, Tags, Outside> {
  readonly "~in": In;
  readonly "~out": Out;
  readonly "~tags": Tags;
  readonly "~outside": Outside;
}

/** A value that procedures and other dependencies can use. Frozen data; planned at start, resolved at most once per request. */
export interface Dependency<Value, LivesIn, Parts, Errors, Scopes = never> {
  readonly "~value": Value;
  readonly "~scope": LivesIn;
  readonly "~parts": Parts;
  readonly "~errors": Errors;
  /** Names that the security schemes at or below it declare. */
  readonly "~scopes": Scopes;
}

/** The top of the constraint: the parts are read by key, never matched. */
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyDependency = Dependency<any, any, any, any, any>;

/** One step of `.use` or `.guard`, in declared order. */
export type UseStep =
  | {
      readonly kind: "use";
      readonly entries: readonly (readonly [key: string, dependency: DependencyDefinition])[];
    }
  | { readonly kind: "guard"; readonly dependencies: readonly DependencyDefinition[] };

/** What a dependency is at run time. */
export interface DependencyDefinition {
  readonly "~kind": "dependency";
  readonly scope: Scope;
  /** The scope was written down; otherwise it is the default, which an application's semantics may change. */
  readonly isScopeSaid: boolean;
  readonly uses: readonly UseStep[];
  readonly input: ReadonlyMap<string, InputField>;
  readonly errors: Readonly<Record<string, ErrorShape>>;
  /** A value, its promise, or a (async) generator that yields it once. */
  readonly resolve: (argument: never) => unknown;
  readonly security: SecurityRequirement | undefined;
  /** Security scopes that it asks for (`.scopes(…)`). */
  readonly scopes: readonly string[];
  /** Resolved anew at each use (`dependency.fresh(d)`). */
  readonly isFresh: boolean;
  /** What `dependency.fresh(d)` is a copy of. */
  readonly origin: DependencyDefinition | undefined;
  /** Where it was defined, for messages. */
  readonly name: string | undefined;
}
