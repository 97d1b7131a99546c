import type { MaybePromise } from "@tenon/core";

/** True for what must be awaited. */
export function isPromise<T>(value: MaybePromise<T> | PromiseLike<T>): value is Promise<T> {
  return typeof value === "object" && value !== null && typeof (value as PromiseLike<T>).then === "function";
}

/** Goes on with all values: at once where there is nothing to wait for. */
export function settleAll<T, Result>(
  values: readonly MaybePromise<T>[],
  then: (settled: readonly T[]) => Result,
): MaybePromise<Result> {
  return values.some((value) => isPromise(value))
    ? Promise.all(values.map(async (value) => value)).then(then)
    : then(values as readonly T[]);
}

/** Goes on at once where there is nothing to wait for. */
export function andThen<T, Result>(
  value: MaybePromise<T>,
  step: (value: T) => MaybePromise<Result>,
): MaybePromise<Result> {
  return isPromise(value) ? value.then(step) : step(value);
}
