import type { Exchange } from "../exchange/exchange.ts";
import type { BodyFailure } from "../exchange/exchange.ts";
import { InnerExchange } from "../exchange/inner-exchange.ts";

/** What middleware of another framework has made of a body that it read. */
export interface Consumed {
  readonly body?: unknown;
  /** The bytes as they were, where a platform keeps them. */
  readonly rawBody?: unknown;
}

/** An exchange whose body another framework's middleware has read: what it made of it is the body. */
export class ConsumedExchange extends InnerExchange {
  readonly #consumed: Consumed;

  constructor(outer: Exchange, consumed: Consumed) {
    super(outer);
    this.#consumed = consumed;
  }

  override readBody(limit: number): Uint8Array | BodyFailure {
    const bytes = this.#bytes();
    return bytes.byteLength > limit ? "too-large" : bytes;
  }

  override async *pull(): AsyncGenerator<Uint8Array> {
    yield this.#bytes();
  }

  override toRequest(): Request {
    const request = this.outer.toRequest();
    return this.hasBody && !/^(?:GET|HEAD)$/.test(this.method)
      ? new Request(request, { method: request.method, body: this.#bytes() as Uint8Array<ArrayBuffer> })
      : request;
  }

  /** Throws where the bytes cannot be had again. */
  #bytes(): Uint8Array {
    const { body, rawBody } = this.#consumed;
    for (const kept of [rawBody, body]) {
      if (kept instanceof Uint8Array) {
        return kept;
      }
    }
    const type = this.header("content-type") ?? "";
    if (body !== undefined && /^application\/(?:[\w.-]+\+)?json\b/i.test(type)) {
      return new TextEncoder().encode(JSON.stringify(body));
    }
    if (typeof body === "string") {
      return new TextEncoder().encode(body);
    }
    throw new Error(
      `the body (${type || "of no type"}) was read before Tenon could: put Tenon before the middleware that parses bodies, or keep that to the paths of others`,
    );
  }
}
