import type { DependencyDefinition, UseStep } from "../dependency/dependency.ts";
import { readUse } from "../dependency/use.ts";
import { DefinitionError } from "../error/definition-error.ts";
import { mergeErrors } from "../error/merge-errors.ts";
import { collectDependencies } from "./collect-dependencies.ts";
import type { RoutesIn } from "../router/address.ts";
import { readRouter } from "../router/router.ts";
import type { Handled, Implementation } from "../procedure/contract.ts";
import { type InputField, mergeFields } from "../procedure/input-field.ts";
import type { Middleware } from "../procedure/middleware.ts";
import { type ProcedureDefinition, readProcedure } from "../procedure/procedure.ts";

/** What `implement` takes: the tree of the contracts, a function for each. */
export type Implementations<Contracts> = {
  readonly [Name in keyof Contracts]: Contracts[Name] extends { "~implement": infer Implement }
    ? Implement
    : Implementations<RoutesIn<Contracts[Name]>>;
};

/**
 * Adds dependencies and handlers to a module or tree of contracts, and yields procedures of the same type:
 *
 *     implement(contract, { items: { read: (procedure) => procedure.use({ db }).handle(fn) } })
 *
 * Throws a `DefinitionError` where a contract stays without a handler, or where an implementation adds an input, an error or a
 * security scheme that its contract does not have.
 */
export function implement<Contracts extends object>(
  contracts: Contracts,
  implementations: Implementations<RoutesIn<Contracts>>,
): Contracts {
  return implementTree(contracts, implementations as Tree, []) as Contracts;
}

type Implement = (procedure: Implementation<never, unknown, never>) => Handled;
interface Tree {
  readonly [name: string]: Tree | Implement | undefined;
}

function implementTree(contracts: object, implementations: Tree, names: readonly string[]): object {
  const router = readRouter(contracts);
  const entries = Object.entries(router?.routes ?? contracts);
  const unknown = Object.keys(implementations).find((name) => !entries.some(([known]) => known === name));
  if (unknown !== undefined) {
    throw new DefinitionError(
      "BROKEN_CONTRACT",
      `'${[...names, unknown].join(".")}' is implemented, but the contract does not have it`,
    );
  }
  const routes = Object.fromEntries(
    entries.map(([name, entry]) => [name, implementEntry(entry, implementations[name], [...names, name])]),
  );
  return Object.freeze(router === undefined ? routes : { ...router, routes: Object.freeze(routes) });
}

function implementEntry(
  entry: unknown,
  implementation: Tree | Implement | undefined,
  names: readonly string[],
): unknown {
  const id = names.join(".");
  const contract = readProcedure(entry);
  if (contract === undefined) {
    return typeof implementation === "object" && typeof entry === "object" && entry !== null
      ? implementTree(entry, implementation, names)
      : entry;
  }
  if (typeof implementation !== "function") {
    if (contract.handler !== undefined) {
      return contract;
    }
    throw new DefinitionError(
      "NOT_IMPLEMENTED",
      `the contract '${id}' is not implemented: write ${names.at(-1)}: (procedure) => procedure.handle(…)`,
    );
  }
  const handled: Partial<Handled> | undefined = implementation(build([], []) as never);
  if (handled?.["~kind"] !== "implementation") {
    throw new DefinitionError(
      "NOT_IMPLEMENTED",
      `the implementation of '${id}' does not end with .handle(…): return what .handle(…) gives`,
    );
  }
  return join(contract, handled as Handled, id);
}

function build(uses: readonly UseStep[], wraps: readonly Middleware[]): object {
  return Object.freeze({
    use: (dependencies: Record<string, unknown>) =>
      build([...uses, readUse(dependencies, uses, "an implementation")], wraps),
    guard: (...dependencies: DependencyDefinition[]) =>
      build([...uses, { kind: "guard", dependencies }], wraps),
    wrap: (middleware: Middleware) => build(uses, [...wraps, middleware]),
    handle: (handler: Handled["handler"]): Handled =>
      Object.freeze({ "~kind": "implementation", uses, wraps, handler }),
  });
}

function join(contract: ProcedureDefinition, handled: Handled, id: string): ProcedureDefinition {
  const promised = partsOf(contract, collectDependencies(contract.uses, id), id);
  const uses = [...contract.uses, ...handled.uses];
  const all = partsOf(contract, collectDependencies(uses, id), id);
  const added =
    first("the input", all.input.keys(), promised.input) ??
    first("the error", Object.keys(all.errors), new Map(Object.entries(promised.errors))) ??
    first("the security scheme", all.schemes.keys(), promised.schemes) ??
    first("the scope", all.scopes.keys(), promised.scopes);
  if (added !== undefined) {
    throw new DefinitionError(
      "BROKEN_CONTRACT",
      `the implementation of '${id}' adds ${added}, which its contract does not have: add it to the contract`,
    );
  }
  return Object.freeze({
    ...contract,
    uses,
    wraps: [...contract.wraps, ...handled.wraps],
    handler: handled.handler,
  });
}

/** What a caller sees of a procedure with these dependencies. */
function partsOf(
  procedure: ProcedureDefinition,
  dependencies: readonly DependencyDefinition[],
  id: string,
): {
  readonly input: ReadonlyMap<string, InputField>;
  readonly errors: ProcedureDefinition["errors"];
  readonly schemes: ReadonlyMap<string, unknown>;
  readonly scopes: ReadonlyMap<string, unknown>;
} {
  let { input, errors } = procedure;
  for (const dependency of dependencies) {
    input = mergeFields(input, dependency.input, `'${id}'`);
    errors = mergeErrors(errors, dependency.errors, `'${id}'`);
  }
  const schemes = dependencies.flatMap(
    ({ security }) =>
      security?.alternatives.flat().map(({ name }) => (security.isOptional ? `${name}, optional` : name)) ??
      [],
  );
  const scopes = [procedure, ...dependencies].flatMap((each) => each.scopes);
  return {
    input,
    errors,
    // An optional scheme asks for less than a required one: both are the contract's to say.
    schemes: new Map(schemes.map((name) => [name, true])),
    scopes: new Map(scopes.map((scope) => [scope, true])),
  };
}

function first(
  what: string,
  names: Iterable<string>,
  promised: ReadonlyMap<string, unknown>,
): string | undefined {
  for (const name of names) {
    if (!promised.has(name)) {
      return `${what} '${name}'`;
    }
  }
  return undefined;
}
