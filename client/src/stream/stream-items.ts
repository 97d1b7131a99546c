import type { OpenStream } from "./open-stream.ts";
import type { Open, StreamSettings } from "./stream-request.ts";

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
