import type { RawSocket, Upgrade } from "../exchange/exchange.ts";
import type { FetchOptions } from "./fetch-exchange.ts";

/** The upgrade of a web-standard request, where the run time offers one. */
export function fetchUpgrade(request: Request, { upgrade }: FetchOptions): Upgrade | undefined {
  if (upgrade === undefined) {
    return undefined;
  }
  return (open) => {
    const { socket, response } = upgrade(request);
    const raw = wrap(socket);
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
