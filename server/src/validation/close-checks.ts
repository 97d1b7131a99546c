import { type Check, INVALID } from "@tenon/core/wire";
import type { CompiledState } from "./mode.ts";
import { codePointLength, isMultiple, runCheck } from "./run-check.ts";

/** Runs checks on a value of their type; `undefined` when there are none. */
export function closeChecks(
  checks: readonly Check[],
  state: CompiledState,
): ((value: unknown) => unknown) | undefined {
  const [first, second, ...others] = checks.map((check) => closeCheck(check, state));
  if (first === undefined || second === undefined) {
    return first;
  }
  const rest = [second, ...others];
  return (value) => {
    let current = first(value);
    for (const step of rest) {
      if (current === INVALID) {
        return INVALID;
      }
      current = step(current);
    }
    return current;
  };
}

/** One predicate for checks that only look at a value; `undefined` when one of them is more than that. */
export function closeTests(checks: readonly Check[]): ((value: unknown) => boolean) | undefined {
  const tests = checks.map(testOf) as ((value: unknown) => boolean)[];
  if (tests.includes(undefined as never)) {
    return undefined;
  }
  return tests.reduceRight<(value: unknown) => boolean>(
    (rest, test) => (rest === always ? test : (value) => test(value) && rest(value)),
    always,
  );
}

/** The predicate of no checks at all. */
export function always(): boolean {
  return true;
}

function closeCheck(check: Check, state: CompiledState): (value: unknown) => unknown {
  if (check.kind === "overwrite") {
    return check.overwrite;
  }
  const holds = testOf(check);
  return holds === undefined
    ? (value) => runCheck(check, value, state)
    : (value) => (holds(value as never) ? value : INVALID);
}

type Test = (value: never) => boolean;

interface Sized {
  readonly length: number;
  readonly size: number;
}

function testOf(check: Check): Test | undefined {
  switch (check.kind) {
    case "min_length":
      return (value: string | Sized) => lengthOf(value, check.limit) >= check.limit;
    case "max_length":
      return (value: string | Sized) =>
        value.length <= check.limit || lengthOf(value, check.limit) <= check.limit;
    case "length":
      return (value: string | Sized) => lengthOf(value, check.limit) === check.limit;
    case "min_size":
      return (value: Sized) => value.size >= check.limit;
    case "max_size":
      return (value: Sized) => value.size <= check.limit;
    case "size":
      return (value: Sized) => value.size === check.limit;
    case "greater_than":
    case "less_than":
      return closeBound(check.kind, check.inclusive, check.value as number);
    case "multiple_of": {
      const { divisor } = check;
      return typeof divisor === "number" ? (value: number) => isMultiple(value, divisor) : undefined;
    }
    case "number_format":
      return check.format === "safeint"
        ? Number.isSafeInteger
        : (value: number) =>
            value >= check.minimum && value <= check.maximum && (!check.isInteger || Number.isInteger(value));
    case "bigint_format":
      return (value: bigint) => value >= check.minimum && value <= check.maximum;
    default:
      return textTestOf(check);
  }
}

// Numbers, integers of any size and dates all compare by the same operators.
function closeBound(kind: "greater_than" | "less_than", isInclusive: boolean, bound: number): Test {
  if (kind === "greater_than") {
    return isInclusive ? (value: number) => value >= bound : (value: number) => value > bound;
  }
  return isInclusive ? (value: number) => value <= bound : (value: number) => value < bound;
}

function textTestOf(check: Check): Test | undefined {
  switch (check.kind) {
    case "pattern": {
      const { pattern } = check;
      return (value: string) => {
        pattern.lastIndex = 0;
        return pattern.test(value);
      };
    }
    case "includes":
      return (value: string) => value.includes(check.text, check.position);
    case "starts_with":
      return (value: string) => value.startsWith(check.text);
    case "ends_with":
      return (value: string) => value.endsWith(check.text);
    default:
      return undefined;
  }
}

// A code point is one or two units, so the units decide unless they are between the limit and twice the limit.
function lengthOf(value: string | Sized, limit: number): number {
  const { length } = value;
  return typeof value === "string" && length >= limit && length <= 2 * limit
    ? codePointLength(value)
    : length;
}
