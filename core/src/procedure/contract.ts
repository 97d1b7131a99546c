import type { AnyDependency, UseStep } from "../dependency/dependency.ts";
import type { Dependencies, Values } from "../dependency/use.ts";
import type { ProblemsIn } from "../error/declared.ts";
import type { ToIntersection } from "../type/flat.ts";
import type { Mistake } from "../type/mistake.ts";
import type { Middleware } from "./middleware.ts";
import type { Procedure, ProcedureDefinition } from "./procedure.ts";
import type { AnyPlaces } from "./tags.ts";

/**
 * A procedure without its handler: all that a document and a client need, and no server code.
 * `implement` adds the handler; the type stays the same.
 */
export interface Contract<Kind, Route, Input, P extends AnyPlaces, Output, Errors, Argument, Result>
  extends Procedure<Kind, Route, Input, P, Output, Errors> {
  readonly "~implement": (procedure: Implementation<Argument, Result, Errors>) => Handled;
}

/** Routers of contracts as the client takes them: `createClient<AppOf<typeof contract>>({ url })`. */
export interface AppOf<Routes> {
  readonly "~routes": Routes;
}

// The contract is a promise to callers who never see the server: what is joined later may not change it.
type CheckJoined<Joined extends AnyDependency, Argument, Errors> = [
  Exclude<ProblemsIn<Joined["~errors"]>["code"], ProblemsIn<Errors>["code" & keyof ProblemsIn<Errors>]>,
] extends [never]
  ? [
      Exclude<keyof ToIntersection<Joined["~parts"]["~out"]>, keyof Argument["input" & keyof Argument]>,
    ] extends [never]
    ? unknown
    : Mistake<"this dependency reads an input that the contract does not have: add it to the contract">
  : Mistake<"this dependency fails with an error that the contract does not declare: add it to the contract">;

/** Completes a contract: dependencies, advice, and the handler. Immutable: each step returns a new builder. */
export interface Implementation<Argument, Result, Errors> {
  /** Resolves dependencies; their values appear under their keys in the handler's argument. They add nothing to the contract. */
  use<U extends Dependencies>(
    dependencies: U & CheckJoined<U[keyof U], Argument, Errors>,
  ): Implementation<Argument & Values<U>, Result, Errors>;
  /** Runs dependencies for their effect only, in order, after everything declared before. */
  guard<G extends AnyDependency>(
    ...dependencies: (G & CheckJoined<G, Argument, Errors>)[]
  ): Implementation<Argument, Result, Errors>;
  /** Advice around this procedure alone. */
  wrap(middleware: Middleware): Implementation<Argument, Result, Errors>;
  /** What the procedure does. */
  handle(handler: (argument: Argument) => Result): Handled;
}

/** A finished implementation; `implement` joins it to its contract. */
export interface Handled {
  readonly "~kind": "implementation";
  readonly uses: readonly UseStep[];
  readonly wraps: readonly Middleware[];
  readonly handler: NonNullable<ProcedureDefinition["handler"]>;
}
