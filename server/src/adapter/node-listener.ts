import type { IncomingMessage, ServerResponse } from "node:http";
import type { App } from "../app.ts";
import { isPromise } from "../exchange/promise.ts";
import { discardReply, type Reply } from "../exchange/reply.ts";
import { NodeExchange } from "./node-exchange.ts";
import { writeReply } from "./node-reply.ts";

/** A listener for `http.createServer`: answers every request with the application. */
export function createListener(
  app: Pick<App<unknown>, "handle" | "fail">,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const isHead = request.method === "HEAD";
    const exchange = new NodeExchange(request, response);
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
  };
}
