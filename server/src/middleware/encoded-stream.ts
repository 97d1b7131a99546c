import type { FlushableCoder } from "./coders.ts";

/**
 * The chunks of a body, compressed one by one. Whoever ends it ends its source: the reader that leaves, the source that fails.
 * `isFlushed`: each chunk leaves as a whole before the next is asked for.
 */
export class EncodedStream implements AsyncIterableIterator<Uint8Array> {
  readonly #source: AsyncIterator<Uint8Array | string>;
  readonly #coder: FlushableCoder;
  readonly #isFlushed: boolean;
  #ready: Uint8Array[] = [];
  #isDone = false;
  #fail: (error: unknown) => void = () => {};
  #leave: () => void = () => {};

  constructor(source: AsyncIterable<Uint8Array | string>, coder: FlushableCoder, isFlushed: boolean) {
    this.#source = source[Symbol.asyncIterator]();
    this.#coder = coder;
    this.#isFlushed = isFlushed;
    coder.on("data", (chunk: Uint8Array) => this.#ready.push(chunk));
    coder.on("error", (error) => this.#fail(error));
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Uint8Array>> {
    try {
      while (!this.#isDone) {
        const step = await this.#source.next();
        if (this.#isDone) {
          break;
        }
        const chunk = await (step.done === true ? this.#end() : this.#write(step.value));
        if (chunk !== undefined) {
          return chunk;
        }
      }
      return END;
    } catch (error) {
      await this.return();
      throw error;
    }
  }

  async return(): Promise<IteratorResult<Uint8Array>> {
    if (!this.#isDone) {
      this.#isDone = true;
      this.#coder.destroy();
      // Whoever waits for a coder that is gone would wait for ever.
      this.#leave();
      await this.#source.return?.();
    }
    return END;
  }

  async #write(chunk: Uint8Array | string): Promise<IteratorResult<Uint8Array> | undefined> {
    if (chunk.length === 0) {
      return undefined;
    }
    const bytes = typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk;
    await this.#wait((done) => {
      this.#coder.write(bytes, this.#isFlushed ? undefined : done);
      if (this.#isFlushed) {
        this.#coder.flush(done);
      }
    });
    return this.#take();
  }

  async #end(): Promise<IteratorResult<Uint8Array> | undefined> {
    this.#isDone = true;
    await this.#wait((done) => this.#coder.once("end", done).end());
    return this.#take();
  }

  #wait(start: (done: () => void) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#fail = reject;
      this.#leave = resolve;
      start(resolve);
    });
  }

  /** What the coder has given so far. Reading hands it to the listener. */
  #take(): IteratorResult<Uint8Array> | undefined {
    while (this.#coder.read() !== null) {
      // Until it is empty.
    }
    if (this.#ready.length === 0) {
      return undefined;
    }
    const value = this.#ready.length === 1 ? (this.#ready[0] as Uint8Array) : Buffer.concat(this.#ready);
    this.#ready = [];
    return { done: false, value };
  }
}

const END: IteratorResult<Uint8Array> = Object.freeze({ done: true, value: undefined });
