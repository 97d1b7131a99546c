import type { JobDefinition } from "@tenon/core";

/** Milliseconds from the failure of the given run to the next one. */
export function retryDelay(
  { delay, backoff, maxDelay }: JobDefinition["retry"],
  attempt: number,
  random: () => number = Math.random,
): number {
  if (backoff === "fixed") {
    return Math.min(delay, maxDelay);
  }
  // By chance, so that what failed together does not come back together.
  const grown = delay * 2 ** Math.min(attempt - 1, 40) * (1 + random() / 4);
  return Math.round(Math.min(grown, maxDelay));
}
