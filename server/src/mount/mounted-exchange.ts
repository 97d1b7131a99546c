import type { Exchange } from "../exchange/exchange.ts";
import { InnerExchange } from "../exchange/inner-exchange.ts";
import { originForm } from "../request/target.ts";

/** An exchange as a mounted application sees it: the path begins where it is mounted. */
export class MountedExchange extends InnerExchange {
  readonly #target: string;
  readonly #basePath: string;

  constructor(outer: Exchange, prefix: string) {
    super(outer);
    const rest = originForm(outer.target).slice(prefix.length);
    this.#target = rest.startsWith("/") ? rest : `/${rest}`;
    this.#basePath = outer.basePath + prefix;
  }

  override get target(): string {
    return this.#target;
  }

  override get basePath(): string {
    return this.#basePath;
  }

  /** The request without the part of the path that led here, as a handler that knows nothing of it expects it. */
  override toRequest(): Request {
    const request = this.outer.toRequest();
    const url = new URL(this.target, request.url);
    return new Request(url, request);
  }
}
