import { toWire } from "../wire/request-value.ts";

const MINUTE = 60_000;

/**
 * Tells whether a default is the same each time. One that is made (an id, the current time) would make
 * two documents of one application differ, and says nothing to its readers.
 */
export function isStable(makeValue: () => unknown): boolean {
  try {
    const [one, other] = [toWire(makeValue()), toWire(makeValue())];
    return JSON.stringify(one) === JSON.stringify(other) && !holdsNow(one);
  } catch {
    return false;
  }
}

/** The current time does not change between two calls, so it is looked for. */
function holdsNow(value: unknown): boolean {
  switch (typeof value) {
    case "number":
      return isNow(value) || isNow(value * 1000);
    case "string":
      return /^\d{4}-\d\d-\d\dT/.test(value) && isNow(Date.parse(value));
    case "object":
      return value !== null && Object.values(value).some(holdsNow);
    default:
      return false;
  }
}

function isNow(time: number): boolean {
  return Math.abs(time - Date.now()) < MINUTE;
}
