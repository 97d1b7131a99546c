import type { MaybePromise } from "@tenon/core";
import { originForm } from "../request/target.ts";
import type { BodyFailure, Exchange, Upgrade } from "../exchange/exchange.ts";

/** An exchange as a mounted application sees it: the path begins where it is mounted. Everything else is the outer one's. */
export class MountedExchange implements Exchange {
  readonly target: string;
  readonly basePath: string;
  readonly #outer: Exchange;

  constructor(outer: Exchange, prefix: string) {
    const rest = originForm(outer.target).slice(prefix.length);
    this.target = rest.startsWith("/") ? rest : `/${rest}`;
    this.basePath = outer.basePath + prefix;
    this.#outer = outer;
  }

  get method(): string {
    return this.#outer.method;
  }

  get headerList(): readonly string[] {
    return this.#outer.headerList;
  }

  get remoteAddress(): string {
    return this.#outer.remoteAddress;
  }

  get isSecure(): boolean {
    return this.#outer.isSecure;
  }

  get platform(): unknown {
    return this.#outer.platform;
  }

  get hasBody(): boolean {
    return this.#outer.hasBody;
  }

  get upgrade(): Upgrade | undefined {
    return this.#outer.upgrade;
  }

  header(name: string): string | undefined {
    return this.#outer.header(name);
  }

  readBody(limit: number): MaybePromise<Uint8Array | BodyFailure> {
    return this.#outer.readBody(limit);
  }

  pull(): AsyncIterable<Uint8Array> {
    return this.#outer.pull();
  }

  onAbort(listener: () => void): void {
    this.#outer.onAbort(listener);
  }

  onFinish(listener: () => void): void {
    this.#outer.onFinish(listener);
  }

  /** The request without the part of the path that led here, as a handler that knows nothing of it expects it. */
  toRequest(): Request {
    const request = this.#outer.toRequest();
    const url = new URL(this.target, request.url);
    return new Request(url, request);
  }
}
