import type { AnyDependency } from "../dependency/dependency.ts";
import type { Makers, MakersOf, ProblemsIn } from "../error/declared.ts";
import type { Flat, ToIntersection } from "../type/flat.ts";
import type { ObjectIn, ObjectOut, Shape } from "../type/schema-side.ts";
import type { Context } from "./context.ts";
import type { ReplyOf } from "./reply.ts";
import type { InsideIn, TagsOf } from "./tags.ts";

interface Base<Input, Errors, Output> {
  /** The decoded, validated input. */
  readonly input: Input;
  /** Makers of the declared errors: `return errors.NOT_FOUND({ id })`. */
  readonly errors: Errors;
  /** The request, its cookies, response headers, background work. */
  readonly ctx: Context;
  /** Aborted when the caller goes away, the time limit passes or the server stops. */
  readonly signal: AbortSignal;
  /** `reply(201, value)` where the output has several statuses. */
  readonly reply: ReplyOf<Output>;
}

/** One side of the inputs of all dependencies; cached by the set of dependencies. */
export type Joined<Used extends AnyDependency, Side extends "~in" | "~out"> = ToIntersection<
  Used["~parts"][Side]
>;

/** The input as the handler receives it, those of its dependencies included. */
export type Received<Input extends Shape, Used extends AnyDependency> = [Used["~parts"]] extends [never]
  ? ObjectOut<Input>
  : Flat<ObjectOut<Input> & Joined<Used, "~out">>;

/** The input as the caller passes it, those of its dependencies included; headers and cookies go beside it. */
export type Sent<Input extends Shape, Used extends AnyDependency> = [TagsOf<Input> | Used["~parts"]] extends [
  never,
]
  ? ObjectIn<Input>
  : [Used["~parts"]] extends [never]
    ? InsideIn<Input>
    : Flat<InsideIn<Input> & Joined<Used, "~in">>;

/** The makers of the declared errors, those of dependencies included. */
export type Failing<Errors, Used extends AnyDependency> = [Used["~errors"]] extends [never]
  ? Makers<Errors>
  : Makers<Errors> & MakersOf<ProblemsIn<Used["~errors"]>>;

/** The one argument of a handler or of a dependency's `resolve`. */
export type Arguments<Values, Used extends AnyDependency, Input extends Shape, Errors, Output> = Base<
  Received<Input, Used>,
  Failing<Errors, Used>,
  Output
> &
  Values;
