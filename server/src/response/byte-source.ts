import type { ByteSource } from "@tenon/core";

/** Tells whether a value is bytes of any form. */
export function isByteSource(value: unknown): value is ByteSource {
  return (
    value instanceof Uint8Array ||
    value instanceof Blob ||
    isReadable(value) ||
    typeof (value as Partial<AsyncIterable<unknown>> | null | undefined)?.[Symbol.asyncIterator] ===
      "function"
  );
}

/** How many bytes there are, where that is known before they are read. */
export function sizeOf(source: ByteSource): number | undefined {
  return source instanceof Uint8Array ? source.byteLength : source instanceof Blob ? source.size : undefined;
}

/** A part of bytes that are there as a whole. */
export function sliceOf(source: Uint8Array | Blob, first: number, length: number): Uint8Array | Blob {
  return source instanceof Uint8Array
    ? source.subarray(first, first + length)
    : source.slice(first, first + length);
}

/** Reads a source that is not there as a whole. Returning cancels at once, without waiting for a chunk that may never come. */
export function iterate(source: Exclude<ByteSource, Uint8Array>): AsyncIterator<unknown, unknown> {
  const stream = source instanceof Blob ? source.stream() : source;
  if (isNodeStream(stream)) {
    return iterateNode(stream);
  }
  if (!isReadable(stream)) {
    return stream[Symbol.asyncIterator]();
  }
  const reader = stream.getReader();
  return {
    next: async () => {
      const { done, value } = await reader.read();
      return done ? { done, value: undefined } : { done, value };
    },
    return: async () => {
      await reader.cancel();
      return { done: true, value: undefined };
    },
  };
}

/** A stream of Node's: it works, fails and holds on to a file before anyone reads it. */
interface NodeStream extends AsyncIterable<Uint8Array> {
  on(event: "error", listener: () => void): unknown;
  destroy(): unknown;
}

function isNodeStream(value: unknown): value is NodeStream {
  const { on, destroy } = value as Partial<NodeStream>;
  return typeof on === "function" && typeof destroy === "function";
}

/** An error that nobody listens to would end the process; whoever reads is told of it, whoever asks by HEAD never reads. */
function iterateNode(stream: NodeStream): AsyncIterator<unknown, unknown> {
  stream.on("error", () => {});
  const items = stream[Symbol.asyncIterator]();
  return {
    next: () => items.next(),
    return: async () => {
      stream.destroy();
      return (await items.return?.()) ?? { done: true, value: undefined };
    },
  };
}

function isReadable(value: unknown): value is ReadableStream<Uint8Array> {
  return typeof (value as Partial<ReadableStream> | null | undefined)?.getReader === "function";
}
