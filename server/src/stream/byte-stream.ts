import type { RequestContext } from "../request/request-context.ts";
import { OutputError } from "../response/output-error.ts";

/**
 * The bytes of a reply, as they are made; closes their source and the call's dependencies however it ends. A failure after
 * the head breaks the framing off, so that nobody takes it for the end, and is reported.
 */
export class ByteStream implements AsyncIterableIterator<Uint8Array> {
  readonly #source: AsyncIterator<unknown, unknown>;
  readonly #context: RequestContext;
  /** How many bytes are still promised; undefined where no length was. */
  #left: number | undefined;
  #isDone = false;

  constructor(source: AsyncIterator<unknown, unknown>, size: number | undefined, context: RequestContext) {
    this.#source = source;
    this.#left = size;
    this.#context = context;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Uint8Array>> {
    if (this.#isDone) {
      return END;
    }
    try {
      const step = await this.#source.next();
      if (this.#isDone) {
        return END;
      }
      if (step.done === true) {
        this.#finish();
        await this.#close({ isFailure: false, error: undefined });
        return END;
      }
      return { done: false, value: this.#count(step.value) };
    } catch (error) {
      // Once the caller is gone nobody hears of it: it is what the signal made of the source.
      if (this.#isDone) {
        return END;
      }
      throw await this.#fail(error);
    }
  }

  /** The caller went away, or never wanted more than the head. */
  async return(): Promise<IteratorResult<Uint8Array>> {
    if (!this.#isDone) {
      this.#isDone = true;
      this.#context.abort(new DOMException("the caller went away", "AbortError"));
      try {
        await this.#source.return?.();
      } catch (error) {
        this.#context.reportError(error);
      }
      await this.#close({ isFailure: false, error: undefined });
    }
    return END;
  }

  #count(chunk: unknown): Uint8Array {
    if (!(chunk instanceof Uint8Array)) {
      throw this.#broken("a chunk that is no Uint8Array");
    }
    if (this.#left !== undefined) {
      this.#left -= chunk.byteLength;
      if (this.#left < 0) {
        throw this.#broken("more bytes than the length that it named");
      }
    }
    return chunk;
  }

  #finish(): void {
    if (this.#left !== undefined && this.#left > 0) {
      throw this.#broken("fewer bytes than the length that it named");
    }
  }

  #broken(sentence: string): OutputError {
    return new OutputError(this.#context.operation as string, `its stream gave ${sentence}`);
  }

  /** The dependencies hear of the failure first; what they make of it is what is reported. */
  async #fail(error: unknown): Promise<unknown> {
    this.#isDone = true;
    // The source has failed itself, or is of no more use.
    await Promise.resolve(this.#source.return?.()).catch(() => {});
    const closed = await this.#context.closeCall({ isFailure: true, error });
    this.#context.reportError(closed.error);
    return closed.error;
  }

  /** The last byte is out: a closing that fails can only be reported. */
  async #close(outcome: { isFailure: boolean; error: unknown }): Promise<void> {
    this.#isDone = true;
    const closed = await this.#context.closeCall(outcome);
    if (closed.isFailure) {
      this.#context.reportError(closed.error);
    }
  }
}

const END: IteratorResult<Uint8Array> = Object.freeze({ done: true, value: undefined });
