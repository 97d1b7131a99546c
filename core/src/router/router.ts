import type { AnyDependency, DependencyDefinition } from "../dependency/dependency.ts";
import { DefinitionError } from "../error/definition-error.ts";
import type { Mistake } from "../type/mistake.ts";

/** Procedures under a prefix. Made of a module namespace (`import * as items`), or of an object for small things. */
export interface Router<Routes, Prefix, Id> {
  readonly "~routes": Routes;
  readonly "~prefix": Prefix;
  readonly "~id": Id;
}

// What changes types lives in the base builder: a guard with required inputs or own errors would have to
// change every procedure's type from outside.
type CheckGuard<G> = G extends { "~parts": infer Parts; "~errors": infer Errors }
  ? [Parts | Errors] extends [never]
    ? unknown
    : Mistake<"a router's guard cannot have inputs or declared errors: use it in a base builder, procedure.guard(…)">
  : unknown;

/** Options of a router. */
export interface RouterOptions<Prefix, Id, Guard extends AnyDependency> {
  /** The path before each template; the router's key otherwise. `""` adds nothing; `/orgs/{org}` adds a parameter. */
  prefix?: Prefix;
  /** The input key that identifies one thing; `id` by default. */
  id?: Id;
  /** Tags of all operations; the router's key otherwise. */
  tags?: readonly string[];
  /** Run before the procedures' own dependencies. */
  guard?: readonly (Guard & CheckGuard<Guard>)[];
  deprecated?: boolean;
  /** Left out of the document; still served. */
  hidden?: boolean;
  /** Set to false where the canonical `POST /rpc/…` address should not answer. */
  rpc?: boolean;
  /** Largest request body in bytes. */
  bodyLimit?: number;
}

/** What a router is at run time. */
export interface RouterDefinition {
  readonly "~kind": "router";
  readonly routes: Readonly<Record<string, unknown>>;
  readonly prefix: string | undefined;
  readonly id: string | undefined;
  readonly tags: readonly string[] | undefined;
  readonly guard: readonly DependencyDefinition[];
  readonly isDeprecated: boolean;
  readonly isHidden: boolean;
  readonly hasRpc: boolean;
  readonly bodyLimit: number | undefined;
}

/**
 * Adds a prefix, tags or guards to a module of procedures: `router(users, { prefix: "/people", tags: ["people"] })`.
 * Throws a `DefinitionError` where the prefix is no path.
 */
export function router<
  Routes,
  const Prefix extends `/${string}` | "" | undefined = undefined,
  const Id extends string = "id",
  Guard extends AnyDependency = never,
>(routes: Routes, options: RouterOptions<Prefix, Id, Guard> = {}): Router<Routes, Prefix, Id> {
  const prefix: string | undefined = options.prefix;
  if (prefix !== undefined && prefix !== "" && (!prefix.startsWith("/") || prefix.endsWith("/"))) {
    throw new DefinitionError(
      "BAD_PREFIX",
      `the prefix '${prefix}' must start with '/' and not end with one: write '/items'`,
    );
  }
  const definition: RouterDefinition = {
    "~kind": "router",
    routes: routes as Readonly<Record<string, unknown>>,
    prefix,
    id: options.id,
    tags: options.tags,
    guard: (options.guard ?? []) as never,
    isDeprecated: options.deprecated ?? false,
    isHidden: options.hidden ?? false,
    hasRpc: options.rpc ?? true,
    bodyLimit: options.bodyLimit,
  };
  return Object.freeze(definition) as never;
}

/** The definition of a value that may be a router made by `router(…)`. */
export function readRouter(value: unknown): RouterDefinition | undefined {
  return (value as RouterDefinition | null | undefined)?.["~kind"] === "router"
    ? (value as RouterDefinition)
    : undefined;
}
