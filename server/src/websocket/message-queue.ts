/** Messages that came before somebody asked for them. */
export class MessageQueue implements AsyncIterableIterator<unknown> {
  readonly #messages: unknown[] = [];
  readonly #limit: number;
  readonly #hold: (isHeld: boolean) => void;
  #isHeld = false;
  #wake: (() => void) | undefined;
  #isEnded = false;

  /** `hold` is called when more than `limit` messages wait, and again when none does. */
  constructor(limit: number, hold: (isHeld: boolean) => void) {
    this.#limit = limit;
    this.#hold = hold;
  }

  push(message: unknown): void {
    if (this.#isEnded) {
      return;
    }
    this.#messages.push(message);
    if (this.#messages.length > this.#limit) {
      this.#setHeld(true);
    }
    this.#wake?.();
  }

  #setHeld(isHeld: boolean): void {
    if (this.#isHeld !== isHeld) {
      this.#isHeld = isHeld;
      this.#hold(isHeld);
    }
  }

  end(): void {
    this.#isEnded = true;
    this.#setHeld(false);
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
    if (this.#messages.length === 0) {
      return { done: true, value: undefined };
    }
    const value = this.#messages.shift();
    if (this.#messages.length === 0) {
      this.#setHeld(false);
    }
    return { done: false, value };
  }

  async return(): Promise<IteratorResult<unknown>> {
    this.end();
    this.#messages.length = 0;
    return { done: true, value: undefined };
  }
}
