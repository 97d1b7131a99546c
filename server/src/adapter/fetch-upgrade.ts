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
  return (open) => {
    const { socket, response } = openSocket(request);
    const raw = wrap(socket);
    raw.onClose(finished);
    if (socket.readyState === 1) {
      open(raw);
    } else {
      socket.addEventListener("open", () => open(raw), { once: true });
    }
    return { kind: "upgrade", status: 101, headers: [], response };
  };
}

function wrap(socket: WebSocket): RawSocket {
  return {
    send: async (text) => socket.send(text),
    close: (code, reason) => socket.close(code, reason),
    onMessage: (listener) =>
      socket.addEventListener("message", ({ data }: MessageEvent) =>
        listener(typeof data === "string" ? data : new Uint8Array(data as ArrayBuffer)),
      ),
    onClose: (listener) =>
      socket.addEventListener("close", ({ code, reason }: CloseEvent) => listener(code, reason), {
        once: true,
      }),
  };
}
