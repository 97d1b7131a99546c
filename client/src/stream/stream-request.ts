import type { StreamOptions } from "@tenon/core";
import type { Result } from "../result.ts";

/** What a stream is asked for with, beside its input: after which event it goes on. */
export interface Resumption {
  readonly headers?: Readonly<Record<string, unknown>>;
}

/** Asks for a stream. */
export type Open = (signal: AbortSignal, resume: Resumption) => Promise<Result>;

/** What a caller says of a stream. */
export interface StreamSettings extends StreamOptions {
  readonly signal?: AbortSignal | undefined;
  readonly headers?: Readonly<Record<string, unknown>> | undefined;
}
