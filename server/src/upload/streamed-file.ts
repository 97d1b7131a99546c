import { ApiError, type StreamedFile } from "@tenon/core";
import type { RequestContext } from "../request/request-context.ts";
import { fileTooLarge, type FileHead } from "./receive-file.ts";
import { brokenOff } from "./refuse.ts";

/** What a streamed file reads from. */
export interface StreamSource {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Resolves when the body has ended as it should; rejects with what is wrong with it. */
  readonly ended: Promise<unknown>;
  /** Nobody reads on. */
  readonly cancel: () => void;
}

/** A file that arrives while the handler reads it. */
export class ArrivingFile implements StreamedFile {
  readonly name: string;
  readonly type: string;
  readonly #head: FileHead;
  readonly #source: StreamSource;
  readonly #context: RequestContext;
  #isTaken = false;

  constructor(head: FileHead, source: StreamSource, context: RequestContext) {
    this.name = head.name;
    this.type = head.type;
    this.#head = head;
    this.#source = source;
    this.#context = context;
  }

  [Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    if (this.#isTaken) {
      throw new TypeError(`the file '${this.#head.field}' arrives once, and is already being read`);
    }
    this.#isTaken = true;
    return this.#read();
  }

  stream(): ReadableStream<Uint8Array> {
    const iterator = this[Symbol.asyncIterator]();
    return new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          const step = await iterator.next();
          if (step.done === true) {
            controller.close();
          } else {
            controller.enqueue(step.value);
          }
        },
        async cancel() {
          await iterator.return?.(undefined);
        },
      },
      { highWaterMark: 0 },
    );
  }

  async *#read(): AsyncGenerator<Uint8Array> {
    const { field, maxBytes } = this.#head;
    const iterator = this.#source.bytes[Symbol.asyncIterator]();
    let size = 0;
    let isRead = false;
    try {
      for (;;) {
        const step = await this.#waitFor(iterator.next());
        if (step.done === true) {
          break;
        }
        size += step.value.byteLength;
        if (size > maxBytes) {
          throw fileTooLarge(field, maxBytes);
        }
        yield step.value;
      }
      // Whether another part follows is known only now.
      await this.#waitFor(this.#source.ended);
      isRead = true;
    } catch (error) {
      throw error instanceof ApiError ? error : brokenOff();
    } finally {
      if (!isRead) {
        this.#source.cancel();
      }
    }
  }

  /** Waiting for the caller is not the handler's time. */
  async #waitFor<T>(arriving: Promise<T>): Promise<T> {
    this.#context.waitsSince = Number.POSITIVE_INFINITY;
    try {
      return await arriving;
    } finally {
      this.#context.waitsSince = Date.now();
    }
  }
}
