import { ApiError } from "@tenon/core";
import type { UnexpectedResponse } from "../transport-error.ts";

// What a server says that is busy, stops or starts, and what a proxy says whose server is away (RFC 9110, 15.6.3 to 15.6.5).
const PASSING: ReadonlySet<unknown> = new Set([429, 502, 503, 504]);

/** Says whether a failure is one of the connection or the moment, which another attempt may not meet. */
export function isLoss(failure: unknown): boolean {
  if (!(failure instanceof ApiError)) {
    return false;
  }
  const { code, status, cause } = failure as { code: string; status: unknown; cause?: unknown };
  return code === "UNEXPECTED"
    ? PASSING.has((cause as Partial<UnexpectedResponse> | undefined)?.status)
    : code === "NETWORK" || PASSING.has(status);
}

/** Resolves after a time, or at once when the signal aborts. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener("abort", end);
    if (signal.aborted) {
      end();
    }
  });
}
