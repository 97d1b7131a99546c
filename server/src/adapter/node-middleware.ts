import type { IncomingMessage, ServerResponse } from "node:http";
import type { App } from "../app.ts";
import type { Exchange } from "../exchange/exchange.ts";
import { type Consumed, ConsumedExchange } from "./consumed-exchange.ts";
import { NodeExchange, type NodeExchangeOptions } from "./node-exchange.ts";
import { answerOn } from "./node-listener.ts";

/** A request as Express and its kin hand it on. */
export type HandedOn = IncomingMessage & Consumed & { readonly baseUrl?: string };

/**
 * The application as middleware of Express, Connect or a bare server: `express().use("/api", createMiddleware(app))`. It answers
 * what it has an address for, and passes on everything else.
 */
export function createMiddleware(
  app: Pick<App<unknown>, "handle" | "fail" | "finds">,
): (request: HandedOn, response: ServerResponse, next: (error?: unknown) => void) => void {
  return (request, response, next) => {
    const exchange = exchangeOf(request, response, { basePath: request.baseUrl ?? "" });
    if (app.finds(exchange)) {
      answerBeside(app, exchange, response);
    } else {
      next();
    }
  };
}

/** The exchange of a request that other middleware may have read from. */
export function exchangeOf(
  request: HandedOn,
  response: ServerResponse,
  options: NodeExchangeOptions,
): Exchange {
  const exchange = new NodeExchange(request, response, options);
  return request.readableDidRead ? new ConsumedExchange(exchange, request) : exchange;
}

/** Answers where headers may have been set before: those of the reply replace them, cookies go beside them. */
export function answerBeside(
  app: Pick<App<unknown>, "handle" | "fail">,
  exchange: Exchange,
  response: ServerResponse,
): void {
  const writeHead = response.writeHead.bind(response);
  // Where there are headers already, Node keeps but one of those that come twice in a list.
  const replaceHead = (status: number, headers: readonly string[]): ServerResponse => {
    for (const [name, values] of byName(headers)) {
      const before = name === "set-cookie" ? [response.getHeader(name) ?? []].flat().map(String) : [];
      const all = [...values, ...before];
      response.setHeader(name, all.length === 1 ? (all[0] as string) : all);
    }
    return writeHead(status);
  };
  Object.assign(response, { writeHead: replaceHead });
  answerOn(app, exchange, response);
}

function byName(headers: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const fields = new Map<string, string[]>();
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index] as string;
    const values = fields.get(name) ?? [];
    values.push(headers[index + 1] as string);
    fields.set(name, values);
  }
  return fields;
}
