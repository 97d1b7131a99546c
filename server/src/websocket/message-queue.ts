/** Messages that came before somebody asked for them. */
export class MessageQueue implements AsyncIterableIterator<unknown> {
  readonly #messages: unknown[] = [];
  #wake: (() => void) | undefined;
  #isEnded = false;

  push(message: unknown): void {
    if (!this.#isEnded) {
      this.#messages.push(message);
      this.#wake?.();
    }
  }

  end(): void {
    this.#isEnded = true;
    this.#wake?.();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<unknown>> {
    while (this.#messages.length === 0 && !this.#isEnded) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#messages.length > 0
      ? { done: false, value: this.#messages.shift() }
      : { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<unknown>> {
    this.end();
    this.#messages.length = 0;
    return { done: true, value: undefined };
  }
}
