import type { ClientSocket } from "@tenon/core";
import { toWire } from "@tenon/core/wire";
import type { Connection, OutgoingOptions } from "./call/call.ts";
import { parseJson } from "./call/decode-problem.ts";
import { encodeKeyQuery } from "./call/encode-headers.ts";
import { abortError, withLimits } from "./call/limit.ts";
import { TransportError } from "./transport-error.ts";

/**
 * Opens the socket of a procedure; the input travels in the query. Sockets of browsers send no headers, so credentials
 * are cookies, or a key in the query where the scheme says so.
 */
export async function connect(
  { options, url: base }: Connection,
  url: string,
  input: unknown,
  callOptions: OutgoingOptions | undefined,
): Promise<ClientSocket<unknown, unknown>> {
  const Socket = options.WebSocket ?? globalThis.WebSocket;
  if (Socket === undefined) {
    throw new TypeError("This run time has no WebSocket: give the client one, as the option `WebSocket`.");
  }
  if (callOptions?.headers !== undefined || callOptions?.cookies !== undefined) {
    throw new TypeError("A socket sends no headers of its own: put the value into the input.");
  }
  const text = encodeURIComponent(JSON.stringify(toWire(input ?? {})));
  const address = await encodeKeyQuery(`${base}${url}?input=${text}`, options.auth?.apiKey?.query ?? {});
  const signal = callOptions?.signal;
  return withLimits(
    (limit) => open(() => new Socket(socketUrl(address)), signal, limit),
    signal,
    callOptions?.timeout ?? options.timeout,
  );
}

function socketUrl(address: string): string {
  const page = (globalThis as { location?: { href: string } }).location;
  const url = new URL(address, page?.href);
  url.protocol = url.protocol.replace("http", "ws");
  return url.href;
}

/** `signal` closes the socket at any time, `limit` only while it opens. */
async function open(
  make: () => WebSocket,
  signal: AbortSignal | undefined,
  limit: AbortSignal | undefined,
): Promise<ClientSocket<unknown, unknown>> {
  const raw = make();
  const giveUp = (): void => raw.close();
  limit?.addEventListener("abort", giveUp);
  const socket = new JsonSocket(raw, signal);
  await new Promise<void>((resolve, reject) => {
    raw.addEventListener("open", () => resolve());
    raw.addEventListener("close", ({ code, reason }) =>
      reject(new TransportError("NETWORK", "the socket was not opened", { code, reason })),
    );
  });
  limit?.removeEventListener("abort", giveUp);
  return socket;
}

// Nothing went wrong: a normal end, one that goes away, one without a code (RFC 6455, 7.4.1).
const GOOD_ENDS: readonly number[] = [1000, 1001, 1005];
const NO_CLOSE_FRAME = 1006;

/** A socket that speaks JSON. Messages wait until somebody iterates. */
class JsonSocket implements ClientSocket<unknown, unknown> {
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  readonly #raw: WebSocket;
  readonly #messages: (() => unknown)[] = [];
  #isOver = false;
  #wake: () => void = () => {};

  constructor(raw: WebSocket, signal: AbortSignal | undefined) {
    this.#raw = raw;
    const stop = (): void => this.#end(() => fail(abortError(signal as AbortSignal)));
    signal?.addEventListener("abort", stop);
    raw.addEventListener("message", ({ data }) => {
      this.#messages.push(() => parseJson(typeof data === "string" ? data : ""));
      this.#wake();
    });
    this.closed = new Promise((resolve) => {
      raw.addEventListener("close", ({ code, reason }) => {
        signal?.removeEventListener("abort", stop);
        this.#end(
          GOOD_ENDS.includes(code)
            ? undefined
            : () =>
                fail(
                  new TransportError(
                    code === NO_CLOSE_FRAME ? "NETWORK" : "UNEXPECTED",
                    `the socket was closed: ${code} ${reason}`,
                    { code, reason },
                  ),
                ),
        );
        resolve({ code, reason });
      });
    });
  }

  send(message: unknown): void {
    this.#raw.send(JSON.stringify(toWire(message)));
  }

  close(code = 1000, reason = ""): void {
    this.#end();
    this.#raw.close(code, reason);
  }

  /** Leaving the loop leaves the socket open: what arrives waits for the next loop. */
  [Symbol.asyncIterator](): AsyncIterator<unknown> {
    return { next: () => this.#next() };
  }

  async #next(): Promise<IteratorResult<unknown>> {
    while (this.#messages.length === 0 && !this.#isOver) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const message = this.#messages.shift();
    if (message === undefined) {
      return { done: true, value: undefined };
    }
    try {
      return { done: false, value: message() };
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** The first end counts; what has arrived before it is still delivered. */
  #end(last?: () => never): void {
    if (!this.#isOver) {
      this.#isOver = true;
      if (last !== undefined) {
        this.#messages.push(last);
        this.#raw.close();
      }
      this.#wake();
    }
  }
}

function fail(error: TransportError): never {
  throw error;
}
