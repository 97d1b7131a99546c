import { isFailure, type DependencyDefinition, type MaybePromise } from "@tenon/core";
import { isPromise } from "../exchange/promise.ts";
import type { RequestContext } from "../request/request-context.ts";
import type { Exit } from "./exits.ts";
import type { Batch, Step } from "./plan.ts";

/** Makes the argument of a step's `resolve`; compiled once for each step. */
export type MakeArgument = (context: RequestContext, step: Step) => object;

/**
 * Resolves batches in order, the members of one together. When one of several fails: the signal is aborted, all are awaited, the
 * first declared error is what the caller hears, and undeclared ones beside it are reported; the exits close in reverse of the
 * declared order.
 */
export function resolveBatches(
  batches: readonly Batch[],
  makeArgument: MakeArgument,
  context: RequestContext,
  from = 0,
): MaybePromise<void> {
  for (let index = from; index < batches.length; index++) {
    const batch = batches[index] as Batch;
    const pending =
      batch.length === 1
        ? resolveStep(batch[0] as Step, makeArgument, context)
        : resolveTogether(batch, makeArgument, context);
    if (isPromise(pending)) {
      return pending.then(() => resolveBatches(batches, makeArgument, context, index + 1));
    }
  }
}

function resolveStep(step: Step, makeArgument: MakeArgument, context: RequestContext): MaybePromise<void> {
  const opened = open(step.dependency, makeArgument(context, step));
  if (isPromise(opened)) {
    return opened.then((value) => keep(step, value, context));
  }
  keep(step, opened, context);
}

/** Without a promise where no member needs one (`bench/run-time/dependencies.mjs`: five that share a sixth). */
function resolveTogether(
  batch: Batch,
  makeArgument: MakeArgument,
  context: RequestContext,
): MaybePromise<void> {
  const results = batch.map((step) => begin(step, makeArgument, context));
  return results.some(isPromise)
    ? // Some of them are no promises, which `all` lets pass.
      Promise.all(results as readonly Promise<Opened | Broken>[]).then((settled) =>
        keepAll(batch, settled, context),
      )
    : keepAll(batch, results as readonly (Opened | Broken)[], context);
}

/** A sibling that could not be opened; the others are told to stop. */
class Broken {
  readonly error: unknown;

  constructor(error: unknown) {
    this.error = error;
  }
}

function begin(
  step: Step,
  makeArgument: MakeArgument,
  context: RequestContext,
): MaybePromise<Opened | Broken> {
  const broken = (error: unknown): Broken => {
    context.abort(error);
    return new Broken(error);
  };
  try {
    const opened = open(step.dependency, makeArgument(context, step));
    return isPromise(opened) ? opened.catch(broken) : opened;
  } catch (error) {
    return broken(error);
  }
}

/** Keeps what is open in declared order, whatever the order in which it was ready; throws the first failure. */
function keepAll(batch: Batch, results: readonly (Opened | Broken)[], context: RequestContext): void {
  const errors: unknown[] = [];
  for (let index = 0; index < results.length; index++) {
    const result = results[index] as Opened | Broken;
    if (result instanceof Broken) {
      errors.push(result.error);
    } else {
      keep(batch[index] as Step, result, context);
    }
  }
  if (errors.length > 0) {
    // What a sibling says about having been told to stop is no failure of its own.
    const [first, ...others] = errors.filter((error) => !isAbort(error));
    for (const other of others) {
      if (other !== first && !isFailure(other)) {
        context.reportError(other);
      }
    }
    throw first ?? errors[0];
  }
}

function isAbort(reason: unknown): boolean {
  return (reason as { name?: unknown } | null | undefined)?.name === "AbortError";
}

/** A resolved value with what closes it. */
export interface Opened {
  readonly value: unknown;
  readonly exit: Exit | undefined;
}

/** Runs a dependency's `resolve`. Throws its failure, returned or thrown. */
export function open(dependency: DependencyDefinition, argument: object): MaybePromise<Opened> {
  const result = dependency.resolve(argument as never);
  if (isGenerator(result)) {
    const first = result.next();
    return isPromise(first)
      ? (first as Promise<IteratorResult<unknown>>).then((step) => yielded(step, result, dependency))
      : yielded(first as IteratorResult<unknown>, result, dependency);
  }
  return isPromise(result) ? result.then(returned) : returned(result);
}

type AnyGenerator = Generator<unknown, unknown, unknown> | AsyncGenerator<unknown, unknown, unknown>;

function isGenerator(value: unknown): value is AnyGenerator {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as AnyGenerator).next === "function" &&
    typeof (value as AnyGenerator).throw === "function" &&
    (Symbol.asyncIterator in value || Symbol.iterator in value)
  );
}

function yielded(
  step: IteratorResult<unknown>,
  generator: AnyGenerator,
  dependency: DependencyDefinition,
): Opened {
  if (step.done === true) {
    if (isFailure(step.value)) {
      throw step.value;
    }
    throw new TypeError(
      `the dependency '${dependency.name ?? "?"}' is a generator that ended without a yield: it must yield its value once`,
    );
  }
  if (isFailure(step.value)) {
    const failure = step.value;
    const ended = generator.return(undefined);
    if (isPromise(ended)) {
      (ended as Promise<unknown>).catch(() => {});
    }
    throw failure;
  }
  return {
    value: step.value,
    exit: {
      close: () => ended(generator.next(), generator, dependency),
      // A generator without a try around its yield throws the same error back: that is no new failure.
      fail: (error) => ended(generator.throw(error), generator, dependency),
    },
  };
}

function returned(value: unknown): Opened {
  if (isFailure(value)) {
    throw value;
  }
  const dispose = (value as AsyncDisposable | null | undefined)?.[Symbol.asyncDispose];
  if (typeof dispose === "function") {
    const close = (): PromiseLike<void> => dispose.call(value as AsyncDisposable);
    return { value, exit: { close: () => close(), fail: () => close() } };
  }
  return { value, exit: undefined };
}

interface AsyncDisposable {
  [Symbol.asyncDispose](): PromiseLike<void>;
}

function keep(step: Step, { value, exit }: Opened, context: RequestContext): void {
  (context.resolved as unknown[])[step.index] = value;
  if (exit !== undefined) {
    context.addExit(step.closesAfter, exit);
  }
}

/** A generator that is not over after its yield is ended, so that its `finally` runs, and told of. */
function ended(
  step: MaybePromise<IteratorResult<unknown>>,
  generator: AnyGenerator,
  dependency: DependencyDefinition,
): MaybePromise<void> {
  if (isPromise(step)) {
    return step.then((settled) => ended(settled, generator, dependency));
  }
  if (step.done !== true) {
    const fault = new TypeError(
      `the dependency '${dependency.name ?? "?"}' yields more than once: it must yield its value, and then only close it`,
    );
    const end = generator.return(undefined) as MaybePromise<IteratorResult<unknown>>;
    if (isPromise(end)) {
      return end.then(() => {
        throw fault;
      });
    }
    throw fault;
  }
}
