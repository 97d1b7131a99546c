import type { FrameworkCode } from "@tenon/core";
import { type FrameworkError, frameworkError } from "../response/problem.ts";

/** A failure while the body still arrives. The connection is closed: the rest of it is not wanted. */
export function refuse(code: FrameworkCode, detail: string): FrameworkError {
  return frameworkError(code, detail, { headers: { connection: "close" } });
}

/** 400 for a body that ends before its end. */
export function brokenOff(): FrameworkError {
  return refuse("MALFORMED_BODY", "the body breaks off");
}
