import { isFailure, type MaybePromise } from "@tenon/core";
import { isPromise } from "../exchange/promise.ts";

/** What has to be closed, in the order in which it was opened. */
export type Exits = Exit[];

/** Closes one resolved value: after success, or with the error that ended the call. */
export interface Exit {
  close(): MaybePromise<unknown>;
  fail(error: unknown): MaybePromise<unknown>;
}

/** How a call ended before its dependencies were closed. */
export interface Outcome {
  readonly isFailure: boolean;
  readonly error: unknown;
}

const SUCCESS: Outcome = { isFailure: false, error: undefined };

/** Hears of an error that another one has taken the place of, and that nobody would hear of otherwise. */
export interface Witness {
  reportError(error: unknown): void;
}

/**
 * Closes in reverse order. The error that ended the call arrives at each `yield`; an error of the closing itself takes its
 * place, so that a failed commit still changes the response. An error that an exit swallows stays the outcome. One that a declared
 * failure takes the place of, or an error that names it as its cause, is told by that.
 */
export function closeExits(
  exits: Exits,
  outcome: Outcome = SUCCESS,
  witness?: Witness,
): MaybePromise<Outcome> {
  let current = outcome;
  for (let index = exits.length - 1; index >= 0; index--) {
    const exit = exits[index] as Exit;
    const closing = closeOne(exit, current);
    if (isPromise(closing)) {
      const rest = exits.slice(0, index);
      const before = current;
      return closing.then((next) => {
        tellDisplaced(before, next, witness);
        return closeExits(rest, next, witness);
      });
    }
    tellDisplaced(current, closing, witness);
    current = closing;
  }
  return current;
}

function closeOne(exit: Exit, outcome: Outcome): MaybePromise<Outcome> {
  const failed = (error: unknown): Outcome => ({ isFailure: true, error });
  try {
    const closing = outcome.isFailure ? exit.fail(outcome.error) : exit.close();
    return isPromise(closing) ? closing.then(() => outcome, failed) : outcome;
  } catch (error) {
    return failed(error);
  }
}

function tellDisplaced(before: Outcome, after: Outcome, witness: Witness | undefined): void {
  const { error } = before;
  const isTold = !before.isFailure || after.error === error || isFailure(after.error) || isFailure(error);
  if (!isTold && (after.error as { cause?: unknown } | undefined)?.cause !== error) {
    witness?.reportError(error);
  }
}
