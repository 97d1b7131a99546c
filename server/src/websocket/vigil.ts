import type { RawSocket } from "../exchange/exchange.ts";

/** How long a caller may say nothing; milliseconds, 0 for ever. */
interface Patience {
  /** Between two pings. One that is not answered before the next means that the caller is gone. */
  readonly ping: number;
  /** Without a message. */
  readonly idle: number;
}

/** Watches over a socket whose caller may be gone without a word, or have nothing to say. */
export class Vigil {
  readonly #timers: ReturnType<typeof setInterval>[] = [];
  readonly #idle: number;
  readonly #onIdle: () => void;
  #isAnswered = true;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(raw: RawSocket, { ping, idle }: Patience, onIdle: () => void) {
    this.#idle = idle;
    this.#onIdle = onIdle;
    // A run time without pings keeps watch by itself: Deno, Bun and Workers do.
    if (ping > 0 && raw.ping !== undefined) {
      raw.onPong?.(() => this.heard());
      this.#timers.push(setInterval(() => this.#ask(raw), ping));
    }
    this.said();
  }

  /** Whatever arrives is a sign of life. */
  heard(): void {
    this.#isAnswered = true;
  }

  /** A message arrived. */
  said(): void {
    this.heard();
    if (this.#idle > 0) {
      clearTimeout(this.#idleTimer);
      this.#idleTimer = setTimeout(this.#onIdle, this.#idle);
    }
  }

  end(): void {
    this.#timers.forEach((timer) => clearInterval(timer));
    clearTimeout(this.#idleTimer);
  }

  #ask(raw: RawSocket): void {
    if (!this.#isAnswered) {
      this.end();
      raw.drop?.();
      return;
    }
    this.#isAnswered = false;
    raw.ping?.();
  }
}
