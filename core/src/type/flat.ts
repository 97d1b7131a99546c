/** Expands an intersection into one object type, so that hovers show keys instead of aliases. */
export type Flat<T> = { [K in keyof T]: T[K] } & {};

/** `A | B` becomes `A & B`. */
export type ToIntersection<U> = (U extends unknown ? (part: U) => void : never) extends (
  part: infer Whole,
) => void
  ? Whole
  : never;

/** A value, or the promise of it: handlers may be synchronous. */
export type MaybePromise<T> = T | Promise<T>;

/** `true` only for `any`: the intersection of `any` with anything accepts 0. */
export type IsAny<T> = 0 extends 1 & T ? true : false;
