import { decodeResponse } from "../call/decode-response.ts";
import { Thrown } from "../call/thrown.ts";
import { TransportError } from "../transport-error.ts";
import { SocketEnd } from "./socket-end.ts";

/** Gives the server its end of a socket in memory, as a run time would. */
export type OpenInProcess = (request: Request) => { readonly socket: WebSocket; readonly response: Response };

/** Asks the application for a socket. */
export type AskForSocket = (request: Request, upgrade: OpenInProcess) => Promise<Response | Thrown>;

/** The caller's end of a socket that an application opens in process. Made like a `WebSocket`: it opens by itself. */
export class InProcessSocket extends SocketEnd {
  constructor(url: string, ask: AskForSocket) {
    super();
    void this.#connect(url, ask);
  }

  async #connect(url: string, ask: AskForSocket): Promise<void> {
    const controller = new AbortController();
    this.addEventListener("close", () => controller.abort(), { once: true });
    const request = new Request(url.replace(/^ws/, "http"), {
      headers: HANDSHAKE,
      signal: controller.signal,
    });
    let server: SocketEnd | undefined;
    try {
      const answer = await ask(request, () => {
        server = new SocketEnd();
        server.join(this);
        server.open();
        return { socket: server as unknown as WebSocket, response: new Response(null) };
      });
      if (server === undefined) {
        this.refuse(answer instanceof Thrown ? answer : await refusalOf(answer));
      } else if (this.readyState === 0) {
        this.open();
      } else {
        server.drop();
      }
    } catch (error) {
      server?.drop();
      this.refuse(error);
    }
  }
}

// The typed client reads problems in their canonical form, whatever form the application has for others.
const HANDSHAKE = {
  accept: "application/vnd.tenon+json, application/json, application/problem+json",
  connection: "Upgrade",
  upgrade: "websocket",
  "sec-websocket-version": "13",
};

/** Why the application has not opened a socket: its problem, where it says one. */
async function refusalOf(response: Response): Promise<unknown> {
  const result = await decodeResponse(response);
  return result.ok
    ? new TransportError("UNEXPECTED", undefined, `${response.status}: the address is no socket`)
    : result.error;
}
