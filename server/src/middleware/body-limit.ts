import { DefinitionError, type MaybePromise, type Middleware } from "@tenon/core";
import type { BodyFailure, Exchange } from "../exchange/exchange.ts";
import { isPromise } from "../exchange/promise.ts";
import { checkDeclaredLength, tooLarge } from "../request/read-json.ts";
import type { RequestContext } from "../request/request-context.ts";
import { InnerExchange } from "../exchange/inner-exchange.ts";
import type { Next } from "./next.ts";

/**
 * A smaller limit for bodies of any kind, in bytes as they are sent: past it the caller gets 413, as with the limits of the app,
 * which still hold. A body with a longer declared length is refused before a byte of it is read.
 */
export function bodyLimit(bytes: number): Middleware {
  if (!Number.isSafeInteger(bytes) || bytes < 0) {
    throw new DefinitionError("BAD_OPTION", `bodyLimit: ${bytes} is no number of bytes`);
  }
  return {
    name: "bodyLimit",
    handle(context: RequestContext, next: Next) {
      if (context.exchange.hasBody) {
        context.exchange = new LimitedExchange(context.exchange, bytes);
      }
      return next();
    },
  };
}

class LimitedExchange extends InnerExchange {
  readonly #limit: number;

  constructor(outer: Exchange, limit: number) {
    super(outer);
    this.#limit = limit;
  }

  override readBody(limit: number): MaybePromise<Uint8Array | BodyFailure> {
    if (limit <= this.#limit) {
      return this.outer.readBody(limit);
    }
    checkDeclaredLength(this.outer, this.#limit);
    const read = this.outer.readBody(this.#limit);
    return isPromise(read) ? read.then((body) => this.#refuse(body)) : this.#refuse(read);
  }

  override async *pull(): AsyncGenerator<Uint8Array> {
    checkDeclaredLength(this.outer, this.#limit);
    let size = 0;
    for await (const chunk of this.outer.pull()) {
      size += chunk.byteLength;
      if (size > this.#limit) {
        throw tooLarge(this.#limit);
      }
      yield chunk;
    }
  }

  #refuse(body: Uint8Array | BodyFailure): Uint8Array | BodyFailure {
    if (body === "too-large") {
      throw tooLarge(this.#limit);
    }
    return body;
  }
}
