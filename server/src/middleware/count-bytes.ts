import { isBodyless, type Reply } from "../exchange/reply.ts";

/** Counts the bytes of a reply's body as they are handed over; what it gives says how many there were so far. */
export function countBytes(reply: Reply, method: string): () => number | undefined {
  if (method === "HEAD" || isBodyless(reply.status) || reply.kind === "empty") {
    return () => 0;
  }
  switch (reply.kind) {
    case "bytes": {
      const { body } = reply;
      return () => sizeOf(body);
    }
    case "stream":
    case "file": {
      const counted = new CountedBody(reply.body);
      Object.assign(reply, { body: counted });
      return () => counted.bytes;
    }
    default:
      return () => undefined;
  }
}

function sizeOf(chunk: string | Uint8Array): number {
  return typeof chunk === "string" ? Buffer.byteLength(chunk) : chunk.byteLength;
}

class CountedBody implements AsyncIterableIterator<string | Uint8Array> {
  bytes = 0;
  readonly #source: AsyncIterator<string | Uint8Array>;

  constructor(source: AsyncIterable<string | Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<string | Uint8Array>> {
    const step = await this.#source.next();
    if (step.done !== true) {
      this.bytes += sizeOf(step.value);
    }
    return step;
  }

  async return(): Promise<IteratorResult<string | Uint8Array>> {
    await this.#source.return?.();
    return { done: true, value: undefined };
  }
}
