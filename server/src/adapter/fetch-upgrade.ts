import type { RawSocket, Upgrade } from "../exchange/exchange.ts";

/** How a run time turns a request into a socket. */
export type OpenSocket = (request: Request) => { readonly socket: WebSocket; readonly response: Response };

/** The upgrade of a web-standard request, where the run time offers one. `finished` is called when the socket has closed. */
export function fetchUpgrade(
  request: Request,
  openSocket: OpenSocket | undefined,
  finished: () => void,
): Upgrade | undefined {
  if (openSocket === undefined) {
    return undefined;
  }
  return (open, { maxPayload }) => {
    const { socket, response } = openSocket(request);
    const raw = wrap(socket, maxPayload);
    raw.onClose(finished);
    if (socket.readyState === 1) {
      open(raw);
    } else {
      socket.addEventListener("open", () => open(raw), { once: true });
    }
    return { kind: "upgrade", status: 101, headers: [], response };
  };
}

/** The run time has a limit of its own, if any: what is over the application's is closed with here (RFC 6455, 7.4.1). */
function wrap(socket: WebSocket, maxPayload: number): RawSocket {
  return {
    send: async (text) => socket.send(text),
    close: (code, reason) => socket.close(code, reason),
    onMessage: (listener) =>
      socket.addEventListener("message", ({ data }: MessageEvent) => {
        const message = typeof data === "string" ? data : new Uint8Array(data as ArrayBuffer);
        if (isOver(message, maxPayload)) {
          socket.close(TOO_BIG, "the message is too large");
        } else {
          listener(message);
        }
      }),
    onClose: (listener) =>
      socket.addEventListener("close", ({ code, reason }: CloseEvent) => listener(code, reason), {
        once: true,
      }),
  };
}

const TOO_BIG = 1009;

/** A character is three bytes of UTF-8 at most: few texts have to be measured. */
function isOver(message: string | Uint8Array, limit: number): boolean {
  return typeof message === "string"
    ? message.length > limit ||
        (message.length * 3 > limit && new TextEncoder().encode(message).byteLength > limit)
    : message.byteLength > limit;
}
