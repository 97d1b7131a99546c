/**
 * What a compiled form makes: a server-side value from JSON, plain JSON from a server-side value, or the same with
 * `Date` and its like still in place.
 */
export type Mode = "decode" | "plain" | "rich";

/** What two calls of one compiled form share. */
export interface CompiledState {
  /** Set once a check or codec answered with a promise; from then on only the interpreter is asked. */
  isAsynchronous: boolean;
}
