import type { IncomingMessage } from "node:http";
import { type Duplex } from "node:stream";
import { STATUS_CODES } from "node:http";
import type { WebSocket } from "ws";
import { type RawData, WebSocketServer } from "ws";
import type { App } from "../app.ts";
import type { RawSocket, Upgrade } from "../exchange/exchange.ts";
import type { Reply } from "../exchange/reply.ts";
import { NodeExchange } from "./node-exchange.ts";

/** A listener for a server's `upgrade` event: the request goes through the same pipeline, admission included, before the socket is accepted. */
export function createUpgradeListener(
  app: Pick<App<unknown>, "handle">,
): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
  return (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    const upgrade: Upgrade = (open, { maxPayload }) =>
      new Promise<Reply>((resolve) => {
        const sockets = new WebSocketServer({ noServer: true, maxPayload, clientTracking: false });
        // A handshake that `ws` refuses is answered by `ws` itself.
        socket.once("close", () => resolve({ kind: "upgrade", status: 101, headers: [] }));
        sockets.handleUpgrade(request, socket, head, (accepted) => {
          open(wrap(accepted));
          resolve({ kind: "upgrade", status: 101, headers: [] });
        });
      });
    Promise.resolve(app.handle(new NodeExchange(request, undefined, upgrade))).then(
      (reply) => refuse(reply, socket),
      () => socket.destroy(),
    );
  };
}

/** Anything but an upgrade is an ordinary answer on the connection, which is then closed. */
function refuse(reply: Reply, socket: Duplex): void {
  if (reply.kind === "upgrade") {
    return;
  }
  const body = reply.kind === "bytes" ? reply.body : "";
  const lines = [`HTTP/1.1 ${reply.status} ${STATUS_CODES[reply.status] ?? ""}`];
  for (let index = 0; index < reply.headers.length; index += 2) {
    lines.push(`${reply.headers[index]}: ${reply.headers[index + 1]}`);
  }
  lines.push(`content-length: ${Buffer.byteLength(body)}`, "connection: close", "", "");
  socket.write(lines.join("\r\n"));
  socket.end(body);
}

function wrap(socket: WebSocket): RawSocket {
  return {
    send: (text) =>
      new Promise((resolve, reject) => {
        socket.send(text, (error) => (error instanceof Error ? reject(error) : resolve()));
      }),
    close: (code, reason) => socket.close(code, reason),
    onMessage: (listener) =>
      socket.on("message", (data: RawData, isBinary: boolean) =>
        listener(isBinary ? new Uint8Array(data as Buffer) : (data as Buffer).toString("utf8")),
      ),
    onClose: (listener) => socket.once("close", (code, reason) => listener(code, reason.toString("utf8"))),
  };
}
