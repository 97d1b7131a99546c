const CONNECTING = 0;
const OPEN = 1;
const CLOSING = 2;
const CLOSED = 3;

// What a close event says where no frame named a code (RFC 6455, 7.4.1).
const NO_CODE = 1005;
const NO_FRAME = 1006;

/**
 * One end of a socket in memory, as far as a server and the typed client know a `WebSocket` (WHATWG WebSockets, 3).
 * What one end does, the other hears of in the same order, and never within the same call.
 */
export class SocketEnd extends EventTarget {
  readyState: number = CONNECTING;
  /** Every end that is open has one. */
  #peer: SocketEnd | undefined;
  /** What arrived before this end was open. */
  readonly #early: (() => void)[] = [];

  /** Says who is at the other end. */
  join(peer: SocketEnd): void {
    this.#peer = peer;
    peer.#peer = this;
  }

  /** The handshake is over. */
  open(): void {
    if (this.readyState === CONNECTING) {
      this.readyState = OPEN;
      this.dispatchEvent(new Event("open"));
      for (const arrive of this.#early.splice(0)) {
        arrive();
      }
    }
  }

  /** There will be no connection: `error` says why, which a browser would not (WHATWG WebSockets, 7). */
  refuse(error: unknown): void {
    if (this.readyState !== CLOSED) {
      this.dispatchEvent(Object.assign(new Event("error"), { error }));
      this.#end(NO_FRAME, "");
    }
  }

  /** What is sent to an end that is closed is lost. */
  send(data: string | Uint8Array): void {
    if (this.readyState === CONNECTING) {
      throw new DOMException("the socket is not open yet", "InvalidStateError");
    }
    const peer = this.#peer as SocketEnd;
    if (this.readyState === OPEN) {
      peer.#hear(() => {
        if (peer.readyState === OPEN) {
          peer.dispatchEvent(new MessageEvent("message", { data }));
        }
      });
    }
  }

  /** Where both ends close, the first of them says the code. */
  close(code: number = NO_CODE, reason = ""): void {
    if (this.readyState >= CLOSING) {
      return;
    }
    if (this.readyState === CONNECTING) {
      this.readyState = CLOSING;
      queueMicrotask(() => this.#end(NO_FRAME, ""));
      return;
    }
    this.readyState = CLOSING;
    const peer = this.#peer as SocketEnd;
    peer.#hear(() => {
      peer.#end(code, reason);
      this.#end(code, reason);
    });
  }

  /** The connection is gone without a close frame. */
  drop(): void {
    this.#end(NO_FRAME, "");
  }

  #hear(arrive: () => void): void {
    queueMicrotask(() => {
      if (this.readyState === CONNECTING) {
        this.#early.push(arrive);
      } else {
        arrive();
      }
    });
  }

  #end(code: number, reason: string): void {
    if (this.readyState !== CLOSED) {
      this.readyState = CLOSED;
      this.dispatchEvent(Object.assign(new Event("close"), { code, reason, wasClean: code !== NO_FRAME }));
    }
  }
}
