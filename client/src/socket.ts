import { ApiError, type ClientSocket, type ConnectOptions } from "@tenon/core";
import { toWire } from "@tenon/core/wire";
import { addressOf, type Connection, type OutgoingOptions } from "./call/call.ts";
import { parseJson } from "./call/decode-problem.ts";
import { withLimits } from "./call/limit.ts";
import { Thrown } from "./call/thrown.ts";
import { TransportError, transportError } from "./transport-error.ts";

/**
 * Opens the socket of a procedure; the input travels in the query. Sockets of browsers send no headers, so credentials
 * are cookies, or a key in the query where the scheme says so.
 */
export async function connect(
  connection: Connection,
  url: string,
  input: unknown,
  callOptions: (OutgoingOptions & ConnectOptions) | undefined,
): Promise<ClientSocket<unknown, unknown>> {
  const once = (): Promise<ClientSocket<unknown, unknown>> =>
    connectOnce(connection, url, input, callOptions);
  if (callOptions?.reconnect === undefined || callOptions.reconnect === false) {
    return once();
  }
  const { LastingSocket } = await import("./socket/lasting-socket.ts");
  return LastingSocket.open(once, callOptions, callOptions.signal);
}

async function connectOnce(
  connection: Connection,
  url: string,
  input: unknown,
  callOptions: OutgoingOptions | undefined,
): Promise<ClientSocket<unknown, unknown>> {
  const { options } = connection;
  const Socket = options.WebSocket ?? globalThis.WebSocket;
  if (Socket === undefined) {
    throw new TypeError("This run time has no WebSocket: give the client one, as the option `WebSocket`.");
  }
  if (callOptions?.headers !== undefined || callOptions?.cookies !== undefined) {
    throw new TypeError("A socket sends no headers of its own: put the value into the input.");
  }
  const text = encodeURIComponent(JSON.stringify(toWire(input ?? {})));
  const address = socketUrl(await addressOf(connection, `${url}?input=${text}&wire=rich`));
  const signal = callOptions?.signal;
  try {
    return await withLimits(
      (limit) => open(new Socket(address), signal, limit),
      signal,
      callOptions?.timeout ?? options.timeout,
    );
  } catch (error) {
    if (error instanceof Thrown) {
      throw error.error;
    }
    throw error instanceof ApiError ? error : transportError(error, signal);
  }
}

function socketUrl(address: string): string {
  const page = (globalThis as { location?: { href: string } }).location;
  const url = new URL(address, page?.href);
  url.protocol = url.protocol.replace("http", "ws");
  return url.href;
}

/** `signal` closes the socket at any time, `limit` only while it opens. */
async function open(
  raw: WebSocket,
  signal: AbortSignal | undefined,
  limit: AbortSignal | undefined,
): Promise<ClientSocket<unknown, unknown>> {
  const giveUp = (): void => raw.close();
  limit?.addEventListener("abort", giveUp);
  const socket = new JsonSocket(raw, signal);
  await new Promise<void>((resolve, reject) => {
    raw.addEventListener("open", () => resolve());
    // Sockets of browsers do not say why they were refused; those of a test client do.
    raw.addEventListener("error", (event) => {
      const { error } = event as Partial<ErrorEvent>;
      if (error instanceof ApiError || error instanceof Thrown) {
        reject(error);
      }
    });
    onEnd(raw, (end) => reject(new TransportError("NETWORK", end, "the socket was not opened")));
  });
  limit?.removeEventListener("abort", giveUp);
  return socket;
}

interface End {
  readonly code: number;
  readonly reason: string;
}

/** Some run times say only `error` where a socket was never opened. */
function onEnd(raw: WebSocket, listener: (end: End) => void): void {
  raw.addEventListener("close", ({ code, reason }) => listener({ code, reason }));
  raw.addEventListener("error", () => listener({ code: NO_CLOSE_FRAME, reason: "" }));
}

// Nothing went wrong: a normal end, one that goes away, one without a code (RFC 6455, 7.4.1).
const GOOD_ENDS: readonly number[] = [1000, 1001, 1005];
const NO_CLOSE_FRAME = 1006;

/** A socket that speaks JSON. Messages wait until somebody iterates. */
class JsonSocket implements ClientSocket<unknown, unknown> {
  readonly closed: Promise<End>;
  readonly #raw: WebSocket;
  readonly #messages: (() => unknown)[] = [];
  #isOver = false;
  readonly #waiting: (() => void)[] = [];

  constructor(raw: WebSocket, signal: AbortSignal | undefined) {
    this.#raw = raw;
    const stop = (): void => this.#end(() => fail(transportError(undefined, signal)));
    signal?.addEventListener("abort", stop);
    raw.addEventListener("message", ({ data }) => {
      this.#messages.push(() => readMessage(typeof data === "string" ? data : ""));
      this.#wake();
    });
    this.closed = new Promise((resolve) => {
      onEnd(raw, (end) => {
        signal?.removeEventListener("abort", stop);
        this.#end(GOOD_ENDS.includes(end.code) ? undefined : () => fail(closeError(end)));
        resolve(end);
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
        this.#waiting.push(resolve);
      });
    }
    const message = this.#messages.shift();
    if (message === undefined) {
      return { done: true, value: undefined };
    }
    try {
      return { done: false, value: await message() };
    } catch (error) {
      this.close();
      throw error;
    }
  }

  #wake(): void {
    for (const resume of this.#waiting.splice(0)) {
      resume();
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

/** A message whose text begins with a record separator holds values that JSON does not have. */
function readMessage(text: string): unknown {
  return text.startsWith("\x1e")
    ? import("./call/revive.ts").then(({ revive }) => revive(parseJson(text.slice(1))))
    : parseJson(text);
}

function closeError(end: End): TransportError {
  const kind = end.code === NO_CLOSE_FRAME ? "NETWORK" : "UNEXPECTED";
  return new TransportError(kind, end, `the socket was closed: ${end.code} ${end.reason}`);
}

function fail(error: TransportError): never {
  throw error;
}
