/** The client's half of a pair: what a peer on the network would do. */
export interface PairedClient {
  send(text: string): void;
  next(): Promise<string>;
  readonly closed: Promise<number>;
}

/** Two ends of one socket in memory; the server's end is what a run time would hand over. */
export function socketPair(): { client: PairedClient; server: WebSocket } {
  const server = new ServerEnd();
  return { client: server.client, server: server as unknown as WebSocket };
}

class ServerEnd extends EventTarget {
  readonly readyState = 1;
  readonly client: PairedClient;
  readonly #sent: string[] = [];
  #waiting: ((text: string) => void) | undefined;
  #close: (code: number) => void = () => {};

  constructor() {
    super();
    const closed = new Promise<number>((resolve) => {
      this.#close = resolve;
    });
    this.client = {
      send: (text) => void this.dispatchEvent(new MessageEvent("message", { data: text })),
      next: () =>
        new Promise((resolve) => {
          const text = this.#sent.shift();
          if (text === undefined) {
            this.#waiting = resolve;
          } else {
            resolve(text);
          }
        }),
      closed,
    };
  }

  send(text: string): void {
    if (this.#waiting === undefined) {
      this.#sent.push(text);
    } else {
      this.#waiting(text);
      this.#waiting = undefined;
    }
  }

  close(code: number, reason: string): void {
    this.#close(code);
    this.dispatchEvent(Object.assign(new Event("close"), { code, reason }));
  }
}
