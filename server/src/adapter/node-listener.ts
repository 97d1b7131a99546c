import type { IncomingMessage, ServerResponse } from "node:http";
import type { App } from "../app.ts";
import type { Exchange } from "../exchange/exchange.ts";
import { isPromise } from "../exchange/promise.ts";
import { discardReply, type Reply } from "../exchange/reply.ts";
import { NodeExchange } from "./node-exchange.ts";
import { writeReply } from "./node-reply.ts";

/** A listener for `http.createServer`: answers every request with the application. */
export function createListener(
  app: Pick<App<unknown>, "handle" | "fail">,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => answerOn(app, new NodeExchange(request, response), response);
}

/** Answers an exchange, and writes the reply to Node's response. */
export function answerOn(
  app: Pick<App<unknown>, "handle" | "fail">,
  exchange: Exchange,
  response: ServerResponse,
): void {
  const isHead = exchange.method === "HEAD";
  const write = (reply: Reply): void => {
    try {
      writeReply(reply, response, isHead)?.catch(broken);
    } catch (error) {
      discardReply(reply);
      broken(error);
    }
  };
  // A header or a status that Node refuses: while nothing was sent, there is still a reply to make.
  const broken = (error: unknown): void => {
    const failure = app.fail(error, exchange);
    if (response.headersSent || response.destroyed) {
      response.destroy();
    } else {
      void writeReply(failure, response, isHead);
    }
  };
  const reply = app.handle(exchange);
  if (isPromise(reply)) {
    reply.then(write, broken);
  } else {
    write(reply);
  }
}
