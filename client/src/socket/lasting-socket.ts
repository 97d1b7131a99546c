import type { ClientSocket, ConnectOptions, SocketReconnection } from "@tenon/core";
import { isLoss, pause } from "../stream/loss.ts";
import { TransportError } from "../transport-error.ts";

interface End {
  readonly code: number;
  readonly reason: string;
}

type Policy = Required<Omit<SocketReconnection, "silence">> & Pick<SocketReconnection, "silence">;

const POLICY: Policy = { attempts: 10, delay: 1000, maxDelay: 30_000, queue: 100 };

// The server goes away, or is about to be back; or nobody said anything (RFC 6455, 7.4.1, and its registry of close codes).
const LOST: ReadonlySet<number> = new Set([1001, 1006, 1012, 1013]);

/** A socket that is opened again where it was lost. Messages wait until somebody iterates. */
export class LastingSocket implements ClientSocket<unknown, unknown> {
  readonly closed: Promise<End>;
  readonly #connect: () => Promise<ClientSocket<unknown, unknown>>;
  readonly #policy: Policy;
  readonly #onReconnect: (() => void) | undefined;
  readonly #controller = new AbortController();
  readonly #messages: unknown[] = [];
  readonly #unsent: unknown[] = [];
  readonly #waiting: (() => void)[] = [];
  #current: ClientSocket<unknown, unknown> | undefined;
  #failure: { readonly error: unknown } | undefined;
  #end: End | undefined;
  #resolveClosed: (end: End) => void = () => {};

  private constructor(
    connect: () => Promise<ClientSocket<unknown, unknown>>,
    { reconnect, onReconnect }: ConnectOptions,
  ) {
    this.#connect = connect;
    this.#policy = { ...POLICY, ...(typeof reconnect === "object" ? reconnect : undefined) };
    this.#onReconnect = onReconnect;
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve;
    });
  }

  /** The first connection has to succeed. */
  static async open(
    connect: () => Promise<ClientSocket<unknown, unknown>>,
    options: ConnectOptions,
    signal: AbortSignal | undefined,
  ): Promise<LastingSocket> {
    const socket = new LastingSocket(connect, options);
    signal?.addEventListener("abort", () => socket.#controller.abort(), {
      signal: socket.#controller.signal,
    });
    socket.#current = await connect();
    void socket.#last(socket.#current);
    return socket;
  }

  send(message: unknown): void {
    if (this.#end !== undefined) {
      throw new TransportError("NETWORK", this.#end, "the socket is closed");
    }
    if (this.#current !== undefined) {
      this.#current.send(message);
    } else if (this.#unsent.length >= this.#policy.queue) {
      throw new TransportError(
        "NETWORK",
        undefined,
        `${this.#policy.queue} messages wait for a connection already`,
      );
    } else {
      this.#unsent.push(message);
    }
  }

  close(code = 1000, reason = ""): void {
    const current = this.#current;
    this.#finish({ code, reason });
    current?.close(code, reason);
  }

  /** Leaving the loop leaves the socket open: what arrives waits for the next loop. */
  [Symbol.asyncIterator](): AsyncIterator<unknown> {
    return { next: () => this.#next() };
  }

  async #next(): Promise<IteratorResult<unknown>> {
    while (this.#messages.length === 0 && this.#end === undefined) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
    if (this.#messages.length > 0) {
      return { done: false, value: this.#messages.shift() };
    }
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) {
      throw failure.error;
    }
    return { done: true, value: undefined };
  }

  /** From one connection to the next, until one ends for good. */
  async #last(first: ClientSocket<unknown, unknown>): Promise<void> {
    let current: ClientSocket<unknown, unknown> | undefined = first;
    while (current !== undefined) {
      const { end, failure, isLost } = await this.#read(current);
      this.#current = undefined;
      if (this.#end !== undefined) {
        return;
      }
      if (!isLost) {
        this.#finish(end, failure);
        return;
      }
      current = await this.#reopen(end, failure);
    }
  }

  /** Hands on what one connection says, and tells how it ended. */
  async #read(
    socket: ClientSocket<unknown, unknown>,
  ): Promise<{ end: End; failure: { readonly error: unknown } | undefined; isLost: boolean }> {
    let failure: { readonly error: unknown } | undefined;
    let isSilent = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const { silence } = this.#policy;
    const heard = (): void => {
      clearTimeout(timer);
      if (silence !== undefined) {
        timer = setTimeout(() => {
          isSilent = true;
          socket.close();
        }, silence);
      }
    };
    heard();
    try {
      for await (const message of socket) {
        heard();
        this.#messages.push(message);
        this.#wake();
      }
    } catch (error) {
      failure = { error };
    }
    clearTimeout(timer);
    if (isSilent) {
      return { end: SILENT, failure: undefined, isLost: true };
    }
    const end = await socket.closed;
    return { end, failure, isLost: LOST.has(end.code) };
  }

  async #reopen(
    end: End,
    failure: { readonly error: unknown } | undefined,
  ): Promise<ClientSocket<unknown, unknown> | undefined> {
    const { attempts, delay, maxDelay } = this.#policy;
    let last = failure;
    for (let attempt = 0; attempt < attempts; attempt++) {
      const longest = Math.min(delay * 2 ** attempt, maxDelay);
      // By chance, so that not everybody comes back at once.
      await pause(longest * (0.5 + Math.random() / 2), this.#controller.signal);
      if (this.#controller.signal.aborted) {
        break;
      }
      try {
        const opened = await this.#connect();
        if (this.#end !== undefined) {
          opened.close();
          return undefined;
        }
        this.#resume(opened);
        return opened;
      } catch (error) {
        last = { error };
        if (!isLoss(error)) {
          break;
        }
      }
    }
    this.#finish(end, last ?? { error: new TransportError("NETWORK", end, "the socket was lost") });
    return undefined;
  }

  #resume(opened: ClientSocket<unknown, unknown>): void {
    this.#current = opened;
    this.#onReconnect?.();
    for (const message of this.#unsent.splice(0)) {
      opened.send(message);
    }
  }

  #finish(end: End, failure?: { readonly error: unknown }): void {
    if (this.#end === undefined) {
      this.#end = end;
      this.#failure = failure;
      this.#current = undefined;
      this.#controller.abort();
      this.#resolveClosed(end);
      this.#wake();
    }
  }

  #wake(): void {
    for (const resume of this.#waiting.splice(0)) {
      resume();
    }
  }
}

const SILENT: End = { code: 1006, reason: "the server has been silent for too long" };
