import type { MaybePromise } from "@tenon/core";
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

/**
 * Closes in reverse order. The error that ended the call arrives at each `yield`; an error of the closing itself takes its
 * place, so that a failed commit still changes the response. An error that an exit swallows stays the outcome.
 */
export function closeExits(exits: Exits, outcome: Outcome = SUCCESS): MaybePromise<Outcome> {
  let current = outcome;
  for (let index = exits.length - 1; index >= 0; index--) {
    const exit = exits[index] as Exit;
    const closing = closeOne(exit, current);
    if (isPromise(closing)) {
      const rest = exits.slice(0, index);
      return closing.then((next) => closeExits(rest, next));
    }
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
