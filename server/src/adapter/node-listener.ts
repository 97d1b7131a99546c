import type { IncomingMessage, ServerResponse } from "node:http";
import type { App } from "../app.ts";
import { isPromise } from "../exchange/promise.ts";
import type { Reply } from "../exchange/reply.ts";
import { NodeExchange } from "./node-exchange.ts";
import { writeReply } from "./node-reply.ts";

/** A listener for `http.createServer`: answers every request with the application. */
export function createListener(
  app: Pick<App<unknown>, "handle">,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const isHead = request.method === "HEAD";
    const write = (reply: Reply): void => {
      const written = writeReply(reply, response, isHead);
      if (written !== undefined) {
        written.catch(() => response.destroy());
      }
    };
    const reply = app.handle(new NodeExchange(request, response));
    if (isPromise(reply)) {
      reply.then(write, () => response.destroy());
    } else {
      write(reply);
    }
  };
}
