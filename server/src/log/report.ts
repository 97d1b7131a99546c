import type { Logger } from "@tenon/core";
import type { AppOptions } from "../app-options.ts";
import type { ReportedRequest } from "../request/request-context.ts";

/** Hears of errors that nobody else hears of. */
export type Report = NonNullable<AppOptions["onError"]>;

/** To the application's logger, or to the console for people. */
export function logErrors(logger: Logger | undefined): Report {
  return (error, operation, request) => {
    if (logger === undefined) {
      console.error(operation === undefined ? "unhandled error:" : `unhandled error in ${operation}:`, error);
    } else {
      logger.error({ err: error, operation, requestId: request?.requestId }, "unhandled error");
    }
  };
}

/** A hook that throws must not take the reply with it. */
export function safely(report: Report, error: unknown, request: ReportedRequest | undefined): void {
  try {
    report(error, request?.operation, request);
  } catch (hookError) {
    console.error("onError itself failed:", hookError);
  }
}
