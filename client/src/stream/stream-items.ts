import type { StreamOptions } from "@tenon/core";
import type { Result } from "../result.ts";
import type { OpenStream } from "./open-stream.ts";

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

/** The items of a stream, opened when the first one is asked for. What streams need is loaded with it. */
export function streamItems(open: Open, settings: StreamSettings = {}): AsyncIterableIterator<unknown> {
  let opened: Promise<OpenStream> | undefined;
  const load = (): Promise<OpenStream> =>
    (opened ??= import("./open-stream.ts").then((stream) => new stream.OpenStream(open, settings)));
  const iterator: AsyncIterableIterator<unknown> = {
    [Symbol.asyncIterator]: () => iterator,
    next: async () => (await load()).next(),
    return: async () => (await load()).return(),
  };
  return iterator;
}
