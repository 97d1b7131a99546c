import type { MaybePromise } from "@tenon/core";
import type { BodyFailure, Exchange, Upgrade } from "../exchange/exchange.ts";
import { readAll } from "../exchange/read-all.ts";
import { withoutBase } from "../request/target.ts";
import { fetchUpgrade, type OpenSocket } from "./fetch-upgrade.ts";

/** What a run time passes in beside a request. */
export interface FetchOptions {
  readonly platform?: unknown;
  /** The address of the peer, where the run time knows it. */
  readonly ip?: string;
  /** The path before the application's own in the address, where the host has other things beside it: `/api`. */
  readonly basePath?: `/${string}` | "";
  /** Keeps the run time alive for background work. */
  readonly waitUntil?: (work: Promise<unknown>) => void;
  /** Turns the request into a socket (`Deno.upgradeWebSocket`, a `WebSocketPair`); where there is none, sockets answer 501. */
  readonly upgrade?: OpenSocket;
}

/** An exchange on a web-standard request. */
export class FetchExchange implements Exchange {
  readonly method: string;
  readonly target: string;
  readonly basePath: string;
  readonly publicOrigin = undefined;
  readonly platform: unknown;
  readonly remoteAddress: string;
  readonly upgrade: Upgrade | undefined;
  readonly #request: Request;
  readonly #finished: (() => void)[] = [];
  #isFinished = false;
  #list: string[] | undefined;

  constructor(request: Request, options: FetchOptions) {
    this.#request = request;
    this.method = request.method;
    this.basePath = options.basePath ?? "";
    this.target = withoutBase(targetOf(request.url), this.basePath);
    this.platform = options.platform;
    this.remoteAddress = options.ip ?? "";
    this.upgrade = fetchUpgrade(request, options.upgrade, () => this.finish());
  }

  header(name: string): string | undefined {
    return this.#request.headers.get(name) ?? undefined;
  }

  get headerList(): readonly string[] {
    this.#list ??= [...this.#request.headers].flat();
    return this.#list;
  }

  get host(): string | undefined {
    return this.header("host") ?? /^[a-z]+:\/\/([^/?#]*)/i.exec(this.#request.url)?.[1];
  }

  get isSecure(): boolean {
    return this.#request.url.startsWith("https:");
  }

  get hasBody(): boolean {
    return this.#request.body !== null && this.header("content-length") !== "0";
  }

  readBody(limit: number): MaybePromise<Uint8Array | BodyFailure> {
    return readAll(this.pull(), limit);
  }

  async *pull(): AsyncGenerator<Uint8Array> {
    const { body, signal } = this.#request;
    if (body === null) {
      return;
    }
    const reader = body.getReader();
    // A pending read ends with the stream.
    const leave = (): void => void reader.cancel(signal.reason).catch(() => {});
    signal.addEventListener("abort", leave, { once: true });
    let isDone = false;
    try {
      for (;;) {
        const step = await reader.read();
        signal.throwIfAborted();
        if (step.done) {
          isDone = true;
          return;
        }
        yield step.value;
      }
    } finally {
      signal.removeEventListener("abort", leave);
      if (!isDone) {
        reader.cancel().catch(() => {});
      }
    }
  }

  onAbort(listener: () => void): void {
    if (this.#request.signal.aborted) {
      listener();
    } else {
      this.#request.signal.addEventListener("abort", listener, { once: true });
    }
  }

  onFinish(listener: () => void): void {
    if (this.#isFinished) {
      listener();
    } else {
      this.#finished.push(listener);
    }
  }

  /** The last byte has left, or the caller is gone. */
  finish(): void {
    this.#isFinished = true;
    for (const listener of this.#finished.splice(0)) {
      listener();
    }
  }

  toRequest(): Request {
    return this.#request;
  }
}

/** Path and query as they stand in the address: `URL` would already have normalised them. */
function targetOf(url: string): string {
  const slash = url.indexOf("/", url.indexOf("//") + 2);
  const hash = url.indexOf("#");
  const target = url.slice(slash, hash < 0 ? undefined : hash);
  return slash < 0 ? "/" : target;
}
