import type { RequestHeaders } from "@tenon/core";
import type { Exchange } from "../exchange/exchange.ts";

/** The headers of an exchange, as handlers read them. */
export class ExchangeHeaders implements RequestHeaders {
  readonly #exchange: Exchange;

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
  }

  get(name: string): string | undefined {
    return this.#exchange.header(name.toLowerCase());
  }

  getAll(name: string): readonly string[] {
    return headerValues(this.#exchange.headerList, name.toLowerCase());
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }
}

/** Each value of a header as it was received; nothing is split. */
export function headerValues(list: readonly string[], name: string): string[] {
  const values: string[] = [];
  for (let index = 0; index < list.length; index += 2) {
    if ((list[index] as string).toLowerCase() === name) {
      values.push(list[index + 1] as string);
    }
  }
  return values;
}
