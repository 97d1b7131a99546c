import { Thrown } from "../call/thrown.ts";
import { TransportError } from "../transport-error.ts";
import { type AskForSocket, InProcessSocket } from "./in-process-socket.ts";

/** A socket as it is on the wire: frames in, frames out. */
export interface TestSocket extends AsyncIterable<Frame> {
  send(frame: Frame): void;
  /** The next frame. Rejects with a `TransportError` where the socket is closed instead. */
  receive(): Promise<Frame>;
  close(code?: number, reason?: string): void;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
}

type Frame = string | Uint8Array;

/** Opens one. Rejects with the problem of an application that refuses. */
export async function openTestSocket(url: string, ask: AskForSocket): Promise<TestSocket> {
  const raw = new InProcessSocket(url, ask);
  const socket = new FrameSocket(raw);
  await new Promise<void>((resolve, reject) => {
    raw.addEventListener("open", () => resolve());
    raw.addEventListener("error", (event) => {
      const { error } = event as ErrorEvent;
      reject(error instanceof Thrown ? error.error : error);
    });
  });
  return socket;
}

class FrameSocket implements TestSocket {
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  readonly #raw: InProcessSocket;
  readonly #frames: Frame[] = [];
  readonly #waiting: (() => void)[] = [];
  #isOver = false;

  constructor(raw: InProcessSocket) {
    this.#raw = raw;
    raw.addEventListener("message", (event) => {
      this.#frames.push((event as MessageEvent<Frame>).data);
      this.#wake();
    });
    this.closed = new Promise((resolve) => {
      raw.addEventListener("close", (event) => {
        const { code, reason } = event as CloseEvent;
        this.#isOver = true;
        resolve({ code, reason });
        this.#wake();
      });
    });
  }

  send(frame: Frame): void {
    this.#raw.send(frame);
  }

  async receive(): Promise<Frame> {
    const step = await this.#next();
    if (step.done === true) {
      const end = await this.closed;
      throw new TransportError("NETWORK", end, `the socket was closed: ${end.code} ${end.reason}`);
    }
    return step.value;
  }

  close(code = 1000, reason = ""): void {
    this.#raw.close(code, reason);
  }

  [Symbol.asyncIterator](): AsyncIterator<Frame> {
    return { next: () => this.#next() };
  }

  async #next(): Promise<IteratorResult<Frame>> {
    while (this.#frames.length === 0 && !this.#isOver) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
    const value = this.#frames.shift();
    return value === undefined ? { done: true, value: undefined } : { done: false, value };
  }

  #wake(): void {
    for (const resume of this.#waiting.splice(0)) {
      resume();
    }
  }
}
