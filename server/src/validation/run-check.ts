import type { Check, Outcome } from "@tenon/core/wire";
import { INVALID } from "@tenon/core/wire";
import type { CompiledState } from "./mode.ts";

/** Lets the schema library run one check; it may replace the value. */
export function runCheck(check: Check, value: unknown, state: CompiledState): unknown {
  const payload = { value, issues: [] };
  const { when } = check.source._zod.def;
  // The default `when` of length and size checks holds for every value that has come so far.
  if (check.kind === "opaque" && when !== undefined && !when(payload)) {
    return value;
  }
  const pending = check.source._zod.check?.(payload);
  if (pending instanceof Promise) {
    return giveUp(pending, state);
  }
  return payload.issues.length > 0 ? INVALID : payload.value;
}

/** The value of an outcome, if it is there already and without complaints. */
export function settle(outcome: Outcome | Promise<Outcome>, state: CompiledState): unknown {
  if (outcome instanceof Promise) {
    return giveUp(outcome, state);
  }
  return outcome.complaints.length > 0 ? INVALID : outcome.value;
}

/** Leaves a promise to itself: the interpreter starts over and waits for its own. */
export function giveUp(pending: Promise<unknown>, state: CompiledState): typeof INVALID {
  state.isAsynchronous = true;
  pending.catch(() => {});
  return INVALID;
}

/** Tells whether a check is known to be asynchronous before it ever ran. */
export function isAsynchronous(check: Check): boolean {
  const { fn } = check.source._zod.def;
  return typeof fn === "function" && fn.constructor.name === "AsyncFunction";
}

const SURROGATE = /[\ud800-\udbff]/;

/** The length of a text in code points, as zod counts it. */
export function codePointLength(text: string): number {
  if (!SURROGATE.test(text)) {
    return text.length;
  }
  let count = text.length;
  for (let index = 0; index < text.length - 1; index++) {
    if ((text.charCodeAt(index) & 0xfc00) === 0xd800 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00) {
      count--;
      index++;
    }
  }
  return count;
}

/** Tells whether a number is a multiple of another, within what doubles can tell, as zod judges it. */
export function isMultiple(value: number, divisor: number): boolean {
  const ratio = value / divisor;
  const rounded = Math.round(ratio);
  return Math.abs(ratio - rounded) < 4 * Number.EPSILON * Math.max(Math.abs(ratio), 1);
}
