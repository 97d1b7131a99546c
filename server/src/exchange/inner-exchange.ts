import type { MaybePromise } from "@tenon/core";
import type { BodyFailure, Exchange, Upgrade } from "./exchange.ts";

/** An exchange around another: what it does not change is the outer one's. */
export class InnerExchange implements Exchange {
  readonly outer: Exchange;

  constructor(outer: Exchange) {
    this.outer = outer;
  }

  get method(): string {
    return this.outer.method;
  }

  get target(): string {
    return this.outer.target;
  }

  get basePath(): string {
    return this.outer.basePath;
  }

  get host(): string | undefined {
    return this.outer.host;
  }

  get publicOrigin(): string | undefined {
    return this.outer.publicOrigin;
  }

  get headerList(): readonly string[] {
    return this.outer.headerList;
  }

  get remoteAddress(): string {
    return this.outer.remoteAddress;
  }

  get isSecure(): boolean {
    return this.outer.isSecure;
  }

  get platform(): unknown {
    return this.outer.platform;
  }

  get hasBody(): boolean {
    return this.outer.hasBody;
  }

  get upgrade(): Upgrade | undefined {
    return this.outer.upgrade;
  }

  header(name: string): string | undefined {
    return this.outer.header(name);
  }

  readBody(limit: number): MaybePromise<Uint8Array | BodyFailure> {
    return this.outer.readBody(limit);
  }

  pull(): AsyncIterable<Uint8Array> {
    return this.outer.pull();
  }

  onAbort(listener: () => void): void {
    this.outer.onAbort(listener);
  }

  onFinish(listener: () => void): void {
    this.outer.onFinish(listener);
  }

  toRequest(): Request {
    return this.outer.toRequest();
  }
}
