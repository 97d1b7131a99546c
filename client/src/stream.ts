import { type Result, unwrap } from "./result.ts";
import { TransportError } from "./transport-error.ts";

/** The items of a stream, opened when the first one is asked for. Leaving the loop ends the request. */
export function streamItems(
  open: (signal: AbortSignal) => Promise<Result>,
  signal?: AbortSignal,
): AsyncIterableIterator<unknown> {
  const controller = new AbortController();
  let items: Promise<AsyncIterator<unknown>> | undefined;
  let isOver = false;
  const iterator: AsyncIterableIterator<unknown> = {
    [Symbol.asyncIterator]: () => iterator,
    next: async () => {
      try {
        if (!isOver) {
          items ??= iterate(
            open(signal === undefined ? controller.signal : AbortSignal.any([signal, controller.signal])),
          );
          return await (await items).next();
        }
      } catch (error) {
        // Whoever has left does not want to hear of it.
        if (!isOver) {
          isOver = true;
          throw error;
        }
      }
      return { done: true, value: undefined };
    },
    return: async () => {
      isOver = true;
      controller.abort();
      items?.then(
        (opened) => opened.return?.(),
        () => {},
      );
      return { done: true, value: undefined };
    },
  };
  return iterator;
}

async function iterate(result: Promise<Result>): Promise<AsyncIterator<unknown>> {
  const data = (await unwrap(result)) as Partial<AsyncIterable<unknown>> | null | undefined;
  const items = data?.[Symbol.asyncIterator]?.();
  if (items === undefined) {
    throw new TransportError("UNEXPECTED", "the answer is not a stream");
  }
  return items;
}
