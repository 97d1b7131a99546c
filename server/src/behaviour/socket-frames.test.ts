import { connect, type Socket } from "node:net";
import { dependency, procedure } from "@tenon/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { createApp } from "../app.ts";
import { type RunningServer, serve } from "../node.ts";

const said: string[] = [];
const peers: RawPeer[] = [];
const message = z.string();
const pool = dependency.scope("app").resolve(async function* () {
  const state = { isOpen: true };
  yield state;
  state.isOpen = false;
  said.push("the pool closes");
});
const sockets = {
  echo: procedure
    .route("GET /echo")
    .receive(message)
    .send(message)
    .socket(
      async ({ socket }) => {
        for await (const text of socket) {
          await socket.send(text);
        }
        said.push("over");
      },
      { maxMessage: 1000 },
    ),
  pinged: procedure
    .route("GET /pinged")
    .receive(message)
    .send(message)
    .socket(
      async ({ socket, signal }) => {
        signal.addEventListener("abort", () => said.push("gone"));
        for await (const text of socket) {
          await socket.send(text);
        }
      },
      { ping: 20 },
    ),
  tidy: procedure
    .route("GET /tidy")
    .use({ pool })
    .receive(message)
    .send(message)
    .socket(async ({ socket, pool }) => {
      try {
        for await (const _ of socket) {
          // Nothing is said in return.
        }
      } finally {
        await new Promise((resolve) => setTimeout(resolve, 20));
        said.push(`tidied, the pool is ${pool.isOpen ? "open" : "closed"}`);
      }
    }),
  idle: procedure
    .route("GET /idle")
    .receive(message)
    .send(message)
    .socket(
      async ({ socket }) => {
        for await (const _ of socket) {
          // Nothing is said in return.
        }
      },
      { idle: 20, ping: 0 },
    ),
};

let server: RunningServer;
beforeEach(async () => {
  said.length = 0;
  server = await serve(createApp({ sockets }, { onError: (error) => said.push(String(error)) }), {
    port: 0,
    signals: false,
  });
});
afterEach(async () => {
  peers.splice(0).forEach((peer) => peer.destroy());
  await server.stop();
});

interface Frame {
  readonly opcode: number;
  readonly payload: Buffer;
}

/** A peer that says what it likes, frame by frame (RFC 6455, 5.2). */
class RawPeer {
  readonly #socket: Socket;
  readonly #frames: Frame[] = [];
  #wake: () => void = () => {};
  #buffer: Buffer = Buffer.alloc(0);
  #isOpen = false;
  #isEnded = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (chunk: Buffer) => this.#take(chunk));
    socket.on("error", () => {});
    socket.on("close", () => {
      this.#isEnded = true;
      this.#wake();
    });
  }

  static async open(path: string): Promise<RawPeer> {
    const socket = connect({ host: "127.0.0.1", port: server.port });
    const peer = new RawPeer(socket);
    peers.push(peer);
    socket.write(
      [
        `GET /sockets${path} HTTP/1.1`,
        "Host: localhost",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13",
        "",
        "",
      ].join("\r\n"),
    );
    await peer.#until(() => peer.#isOpen);
    return peer;
  }

  /** One frame, masked as a client's has to be. `first` is the byte of FIN, the reserved bits and the opcode. */
  send(first: number, payload: Uint8Array | string, isMasked = true): void {
    const bytes = Buffer.from(payload as string);
    const length = bytes.length < 126 ? [bytes.length] : [126, bytes.length >> 8, bytes.length & 255];
    const head = [first, (isMasked ? 0x80 : 0) | (length[0] as number), ...length.slice(1)];
    // A mask of zeros leaves the payload as it is.
    this.#socket.write(Buffer.concat([Buffer.from(head), Buffer.alloc(isMasked ? 4 : 0), bytes]));
  }

  write(bytes: Uint8Array): void {
    this.#socket.write(bytes);
  }

  /** The next frame; undefined where the connection ends. */
  async next(): Promise<Frame | undefined> {
    await this.#until(() => this.#frames.length > 0 || this.#isEnded);
    return this.#frames.shift();
  }

  /** The code of the server's close frame; undefined where it says none. */
  async closeCode(): Promise<number | undefined> {
    for (let frame = await this.next(); frame !== undefined; frame = await this.next()) {
      if (frame.opcode === 8) {
        this.#socket.end();
        return frame.payload.length < 2 ? undefined : frame.payload.readUInt16BE(0);
      }
    }
    return undefined;
  }

  destroy(): void {
    this.#socket.destroy();
  }

  async ended(): Promise<void> {
    await this.#until(() => this.#isEnded);
  }

  async #until(isTrue: () => boolean): Promise<void> {
    while (!isTrue()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #take(chunk: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    if (!this.#isOpen) {
      const end = this.#buffer.indexOf("\r\n\r\n");
      if (end < 0) {
        return;
      }
      this.#isOpen = true;
      this.#buffer = this.#buffer.subarray(end + 4);
    }
    while (this.#buffer.length >= 2) {
      const short = (this.#buffer[1] as number) & 127;
      const start = short === 126 ? 4 : 2;
      const length = short === 126 ? this.#buffer.readUInt16BE(2) : short;
      if (this.#buffer.length < start + length) {
        break;
      }
      const payload = Buffer.from(this.#buffer.subarray(start, start + length));
      this.#frames.push({ opcode: (this.#buffer[0] as number) & 15, payload });
      this.#buffer = this.#buffer.subarray(start + length);
    }
    this.#wake();
  }
}

const FIN = 0x80;
const TEXT = 1;
const BINARY = 2;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

describe("a socket, frame by frame", () => {
  it("puts the fragments of a message together, with a ping between them answered first", async () => {
    const peer = await RawPeer.open("/echo");
    peer.send(TEXT, '"one ');
    peer.send(FIN | PING, "alive?");
    peer.send(0, "and ");
    peer.send(FIN, 'two"');
    expect(await peer.next()).toEqual({ opcode: PONG, payload: Buffer.from("alive?") });
    expect(await peer.next()).toEqual({ opcode: TEXT, payload: Buffer.from('"one and two"') });
  });

  it("reads a character that two fragments share", async () => {
    const peer = await RawPeer.open("/echo");
    const euro = Buffer.from('"€"');
    peer.send(TEXT, euro.subarray(0, 2));
    peer.send(FIN, euro.subarray(2));
    expect((await peer.next())?.payload.toString()).toBe('"€"');
  });

  it.each<[string, number, (peer: RawPeer) => void]>([
    [
      "text that is no UTF-8 with 1007",
      1007,
      (peer) => peer.send(FIN | TEXT, Uint8Array.of(0x22, 0xc3, 0x28, 0x22)),
    ],
    ["a reserved bit with 1002", 1002, (peer) => peer.send(FIN | 0x40 | TEXT, '"a"')],
    ["a reserved opcode with 1002", 1002, (peer) => peer.send(FIN | 3, "")],
    ["a frame without a mask with 1002", 1002, (peer) => peer.send(FIN | TEXT, '"a"', false)],
    ["a continuation of nothing with 1002", 1002, (peer) => peer.send(FIN, '"a"')],
    [
      "a new message within one with 1002",
      1002,
      (peer) => {
        peer.send(TEXT, '"a');
        peer.send(FIN | TEXT, '"b"');
      },
    ],
    ["a ping in fragments with 1002", 1002, (peer) => peer.send(PING, "a")],
    ["a ping that is too long with 1002", 1002, (peer) => peer.send(FIN | PING, "x".repeat(126))],
    ["a message beyond its limit with 1009", 1009, (peer) => peer.send(FIN | TEXT, `"${"x".repeat(1000)}"`)],
    [
      "fragments beyond the limit together with 1009",
      1009,
      (peer) => {
        peer.send(TEXT, `"${"x".repeat(600)}`);
        peer.send(FIN, `${"x".repeat(600)}"`);
      },
    ],
    [
      "a close code that nobody may send with 1002",
      1002,
      (peer) => peer.send(FIN | CLOSE, Uint8Array.of(0x03, 0xed)),
    ],
    ["a close frame of one byte with 1002", 1002, (peer) => peer.send(FIN | CLOSE, Uint8Array.of(3))],
    ["bytes with 1003", 1003, (peer) => peer.send(FIN | BINARY, Uint8Array.of(1, 2))],
    ["what is no JSON with 1008", 1008, (peer) => peer.send(FIN | TEXT, "{")],
    ["what does not fit with 1008", 1008, (peer) => peer.send(FIN | TEXT, "7")],
    [
      "a close with its own code with that",
      4001,
      (peer) => peer.send(FIN | CLOSE, Uint8Array.of(0x0f, 0xa1)),
    ],
  ])("answers %s", async (_name, code, send) => {
    const peer = await RawPeer.open("/echo");
    send(peer);
    expect(await peer.closeCode()).toBe(code);
    await peer.ended();
  });

  it("lets the handler end when the peer breaks off in the middle of a frame", async () => {
    const peer = await RawPeer.open("/echo");
    peer.write(Uint8Array.of(FIN | TEXT, 0x80 | 100, 0, 0, 0, 0, 34));
    peer.destroy();
    await expect.poll(() => said).toEqual(["over"]);
  });
});

it("is put in order before the application closes what it uses", async () => {
  await RawPeer.open("/tidy");
  const left = await RawPeer.open("/tidy");
  left.destroy();
  const stopping = server.stop();
  peers.forEach((peer) => peer.send(FIN | CLOSE, Uint8Array.of(0x03, 0xe9)));
  await stopping;
  const tidied = "tidied, the pool is open";
  expect(said).toEqual([tidied, tidied, "the pool closes"]);
});

describe("a socket whose peer may be gone", () => {
  it("is dropped where a ping is not answered", async () => {
    const peer = await RawPeer.open("/pinged");
    expect((await peer.next())?.opcode).toBe(PING);
    await peer.ended();
    await expect.poll(() => said).toEqual(["gone"]);
  });

  it("stays open while pings are answered, or messages come", async () => {
    const peer = await RawPeer.open("/pinged");
    for (let count = 0; count < 5; count++) {
      const frame = await peer.next();
      expect(frame?.opcode).toBe(PING);
      peer.send(FIN | PONG, frame?.payload ?? "");
    }
    expect(said).toEqual([]);
  });

  it("is closed where nothing is said for too long", async () => {
    const peer = await RawPeer.open("/idle");
    expect(await peer.closeCode()).toBe(1000);
  });

  it.each([
    ["ping", { ping: -1 }],
    ["idle", { idle: Number.NaN }],
    ["maxMessage", { maxMessage: 0 }],
  ])("refuses a %s that is none", (name, options) => {
    const wrong = procedure
      .receive(message)
      .send(message)
      .socket(() => {}, options);
    expect(() => createApp({ sockets: { wrong } })).toThrow(`'sockets.wrong': ${name} is a number`);
  });
});
