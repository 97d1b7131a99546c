import { type IncomingMessage, type Server, STATUS_CODES, validateHeaderValue } from "node:http";
import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import { type RawData, WebSocketServer } from "ws";
import type { App } from "../app.ts";
import type { RawSocket, Upgrade } from "../exchange/exchange.ts";
import { discardReply, type Reply } from "../exchange/reply.ts";
import { frameworkError } from "../response/problem.ts";
import { withoutBase } from "../request/target.ts";
import { NodeExchange } from "./node-exchange.ts";

/**
 * A listener for a server's `upgrade` event: the request goes through the same pipeline, admission included, before the socket is
 * accepted. `basePath` is the path below which the server has the application, where it has others beside it.
 */
export function createUpgradeListener(
  app: Pick<App<unknown>, "handle" | "fail">,
  server: Server,
  { basePath = "" }: { readonly basePath?: `/${string}` | "" } = {},
): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
  return (request, socket, head) => {
    if (request.method !== "GET" || request.headers.upgrade?.toLowerCase() !== "websocket") {
      takeBack(server, request, socket, head);
      return;
    }
    socket.on("error", () => socket.destroy());
    let isOpen = false;
    const upgrade: Upgrade = (open, { maxPayload }) =>
      new Promise<Reply>((resolve, reject) => {
        const breakOff = (): void => reject(frameworkError("MALFORMED_REQUEST", "the handshake breaks off"));
        if (socket.destroyed) {
          breakOff();
          return;
        }
        // A handshake that `ws` refuses is answered by `ws` itself.
        socket.once("close", breakOff);
        const sockets = new WebSocketServer({ noServer: true, maxPayload, clientTracking: false });
        sockets.handleUpgrade(request, socket, head, (accepted) => {
          isOpen = true;
          open(wrap(accepted));
          resolve({ kind: "upgrade", status: 101, headers: [] });
        });
      });
    const exchange = new NodeExchange(request, undefined, {
      upgrade,
      basePath,
      target: withoutBase(request.url as string, basePath),
    });
    Promise.resolve(app.handle(exchange))
      .then((reply) => {
        if (reply.kind === "upgrade") {
          return;
        }
        if (isOpen) {
          throw new Error("a failure after the handshake");
        }
        write(asWhole(reply) ?? app.fail(noSocket(), exchange), socket);
      })
      .catch(() => socket.destroy());
  };
}

/**
 * Somebody only offers another protocol (`h2c`, as Java's client does with each request): the request is given back to the
 * server without the offer (RFC 9110, 7.8).
 */
function takeBack(server: Server, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const lines = [`${request.method} ${request.url} HTTP/${request.httpVersion}`];
  for (let index = 0; index < request.rawHeaders.length; index += 2) {
    const name = request.rawHeaders[index] as string;
    const value = request.rawHeaders[index + 1] as string;
    if (!OFFER.has(name.toLowerCase())) {
      lines.push(`${name}: ${name.toLowerCase() === "connection" ? withoutOffer(value) : value}`);
    }
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), head]));
  server.emit("connection", socket);
}

const OFFER = new Set(["upgrade", "http2-settings"]);

function withoutOffer(connection: string): string {
  return connection
    .split(",")
    .filter((option) => !OFFER.has(option.trim().toLowerCase()))
    .join(",");
}

function asWhole(reply: Reply): Reply | undefined {
  if (reply.kind === "bytes" || reply.kind === "empty") {
    return reply;
  }
  discardReply(reply);
  return undefined;
}

function noSocket(): Error {
  return frameworkError("MALFORMED_REQUEST", "this address is no socket: ask without an upgrade") as Error;
}

/** Anything but an upgrade is an ordinary answer on the connection, which is then closed. */
function write(reply: Reply, socket: Duplex): void {
  if (!socket.writable) {
    return;
  }
  const body = reply.kind === "bytes" ? reply.body : "";
  const lines = [`HTTP/1.1 ${reply.status} ${STATUS_CODES[reply.status] ?? ""}`];
  for (let index = 0; index < reply.headers.length; index += 2) {
    const name = reply.headers[index] as string;
    const value = reply.headers[index + 1] as string;
    validateHeaderValue(name, value);
    lines.push(`${name}: ${value}`);
  }
  lines.push(`content-length: ${Buffer.byteLength(body)}`, "connection: close", "", "");
  socket.write(lines.join("\r\n"));
  socket.end(body);
}

function wrap(socket: WebSocket): RawSocket {
  // A frame that breaks the protocol or the limit: `ws` closes with the right code after telling of it.
  socket.on("error", () => {});
  return {
    send: (text) =>
      new Promise((resolve, reject) => {
        socket.send(text, (error) => (error instanceof Error ? reject(error) : resolve()));
      }),
    close: (code, reason) => socket.close(code, reason),
    ping: () => socket.ping(),
    onPong: (listener) => socket.on("pong", listener),
    drop: () => socket.terminate(),
    hold: (isHeld) => (isHeld ? socket.pause() : socket.resume()),
    onMessage: (listener) =>
      socket.on("message", (data: RawData, isBinary: boolean) =>
        listener(isBinary ? new Uint8Array(data as Buffer) : (data as Buffer).toString("utf8")),
      ),
    onClose: (listener) => socket.once("close", (code, reason) => listener(code, reason.toString("utf8"))),
  };
}
