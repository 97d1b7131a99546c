/** A follower read so slowly that messages had to be dropped. */
export class FollowerTooSlow extends Error {
  override readonly name = "FollowerTooSlow";

  constructor(buffer: number) {
    super(`more than ${buffer} messages were waiting to be read`);
  }
}

/** How a follower is served. */
interface FollowerOptions {
  /** Messages that may wait. */
  readonly buffer: number;
  /** What becomes of the one that is too many. */
  readonly overflow: "fail" | "drop-oldest";
  /** Called once, when nobody follows any more. */
  readonly onEnd: () => void;
}

/** Messages on the way to one reader. It never makes the sender wait, and never waits for other readers. */
export class Follower implements AsyncIterableIterator<unknown> {
  readonly #options: FollowerOptions;
  readonly #messages: unknown[] = [];
  #failure: Error | undefined;
  #isOver = false;
  #wake: (() => void) | undefined;

  constructor(options: FollowerOptions) {
    this.#options = options;
  }

  push(message: unknown): void {
    if (this.#isOver) {
      return;
    }
    this.#messages.push(message);
    if (this.#messages.length > this.#options.buffer) {
      if (this.#options.overflow === "drop-oldest") {
        this.#messages.shift();
      } else {
        this.#messages.pop();
        this.end(new FollowerTooSlow(this.#options.buffer));
      }
    }
    this.#wake?.();
  }

  /** No further messages; those that wait are still read, then the failure is thrown. */
  end(failure?: Error): void {
    if (!this.#isOver) {
      this.#isOver = true;
      this.#failure = failure;
      this.#options.onEnd();
      this.#wake?.();
    }
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<unknown>> {
    while (this.#messages.length === 0 && !this.#isOver) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#messages.length > 0) {
      return { done: false, value: this.#messages.shift() };
    }
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) {
      throw failure;
    }
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<unknown>> {
    this.#messages.length = 0;
    this.end();
    return { done: true, value: undefined };
  }
}
