import { procedure } from "@tenon/core";
import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import type { ClientOptions } from "./client-options.ts";
import { createClient } from "./create-client.ts";

namespace rooms {
  export const chat = procedure
    .input({ room: z.string(), since: z.date().optional() })
    .receive({ text: z.string(), at: z.date().optional() })
    .send({ n: z.int() })
    .socket(async () => {});
}
type App = { "~routes": { rooms: typeof rooms } };

/** The other end of the socket, in the hands of the test. */
class FakeSocket extends EventTarget {
  static last: FakeSocket;
  readonly url: string;
  readonly sent: string[] = [];
  closedWith: readonly unknown[] | undefined;

  constructor(url: string) {
    super();
    this.url = url;
    FakeSocket.last = this;
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(...argument: readonly unknown[]): void {
    if (this.closedWith === undefined) {
      this.closedWith = argument;
      queueMicrotask(() => this.finish((argument[0] as number | undefined) ?? 1005));
    }
  }

  open(): void {
    this.dispatchEvent(new Event("open"));
  }

  say(data: unknown): void {
    this.dispatchEvent(Object.assign(new Event("message"), { data }));
  }

  finish(code: number, reason = ""): void {
    this.closedWith ??= [];
    this.dispatchEvent(Object.assign(new Event("close"), { code, reason }));
  }
}

function client(options: Partial<ClientOptions> = {}): ReturnType<typeof createClient<App>> {
  return createClient<App>({
    url: "https://example.com/base",
    WebSocket: FakeSocket as unknown as NonNullable<ClientOptions["WebSocket"]>,
    ...options,
  });
}

async function untilMade<T>(pending: Promise<T>): Promise<Promise<T>[]> {
  const before = FakeSocket.last;
  await vi.waitUntil(() => FakeSocket.last !== before, { interval: 1 });
  return [pending];
}

async function opened(options?: {
  signal?: AbortSignal;
}): ReturnType<ReturnType<typeof client>["rooms"]["chat"]["connect"]> {
  const [pending] = await untilMade(client().rooms.chat.connect({ room: "r" }, options));
  FakeSocket.last.open();
  return pending as NonNullable<typeof pending>;
}

describe("a socket", () => {
  it("is opened at the canonical address, with the input and the query's keys", async () => {
    const since = new Date(0);
    const api = client({ auth: { bearer: "never in an address", apiKey: { query: { key: "k" } } } });
    const [pending] = await untilMade(api.rooms.chat.connect({ room: "ä&b", since }));
    FakeSocket.last.open();
    await pending;
    const url = new URL(FakeSocket.last.url);
    expect(url.origin + url.pathname).toBe("wss://example.com/base/rpc/rooms.chat");
    expect(JSON.parse(url.searchParams.get("input") as string)).toEqual({
      room: "ä&b",
      since: "1970-01-01T00:00:00.000Z",
    });
    expect([...url.searchParams.keys()]).toEqual(["input", "wire", "key"]);
  });

  it("speaks JSON both ways", async () => {
    const socket = await opened();
    socket.send({ text: "x", at: new Date(0) });
    expect(FakeSocket.last.sent).toEqual(['{"text":"x","at":"1970-01-01T00:00:00.000Z"}']);
    FakeSocket.last.say('{"n":1}');
    FakeSocket.last.say('{"n":2}');
    FakeSocket.last.finish(1000);
    const messages: unknown[] = [];
    for await (const message of socket) {
      messages.push(message);
    }
    expect(messages).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it("stays open when a loop is left, and keeps what arrives for the next one", async () => {
    const socket = await opened();
    FakeSocket.last.say("1");
    FakeSocket.last.say("2");
    const seen: unknown[] = [];
    for await (const message of socket) {
      seen.push(message);
      break;
    }
    expect(FakeSocket.last.closedWith).toBeUndefined();
    for await (const message of socket) {
      seen.push(message);
      socket.close();
    }
    expect(seen).toEqual([1, 2]);
    expect(FakeSocket.last.closedWith).toEqual([1000, ""]);
    expect(await socket.closed).toEqual({ code: 1000, reason: "" });
  });

  it("wakes a waiting loop", async () => {
    const socket = await opened();
    const next = socket[Symbol.asyncIterator]().next();
    await new Promise((resolve) => setTimeout(resolve));
    FakeSocket.last.say("7");
    expect(await next).toEqual({ done: false, value: 7 });
  });

  it.each([
    [1008, "FORBIDDEN", "UNEXPECTED"],
    [1011, "", "UNEXPECTED"],
    [1006, "", "NETWORK"],
  ])("throws when the server closes it with %i, after what came before", async (code, reason, expected) => {
    const socket = await opened();
    FakeSocket.last.say("1");
    FakeSocket.last.finish(code, reason);
    const iterator = socket[Symbol.asyncIterator]();
    expect(await iterator.next()).toEqual({ done: false, value: 1 });
    await expect(iterator.next()).rejects.toMatchObject({ code: expected, cause: { code, reason } });
    expect(await iterator.next()).toMatchObject({ done: true });
    expect(await socket.closed).toEqual({ code, reason });
  });

  it.each([["{"], [""], [new ArrayBuffer(1)]])("says MALFORMED to %j and closes", async (data) => {
    const socket = await opened();
    FakeSocket.last.say(data);
    await expect(socket[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: "MALFORMED" });
    expect(FakeSocket.last.closedWith).toEqual([1000, ""]);
  });

  it("fails with NETWORK where it is not opened", async () => {
    const [pending] = await untilMade(client().rooms.chat.connect({ room: "r" }));
    FakeSocket.last.finish(1006);
    await expect(pending).rejects.toMatchObject({ code: "NETWORK", cause: { code: 1006 } });
  });

  it("fails with NETWORK also where the run time only says that there was an error", async () => {
    const [pending] = await untilMade(client().rooms.chat.connect({ room: "r" }));
    FakeSocket.last.dispatchEvent(new Event("error"));
    await expect(pending).rejects.toMatchObject({ code: "NETWORK", cause: { code: 1006 } });
  });

  it("serves all who wait", async () => {
    const socket = await opened();
    const iterator = socket[Symbol.asyncIterator]();
    const asked = [iterator.next(), iterator.next(), iterator.next()];
    await new Promise((resolve) => setTimeout(resolve));
    FakeSocket.last.say("1");
    FakeSocket.last.say("2");
    FakeSocket.last.finish(1000);
    expect((await Promise.all(asked)).map(({ value }) => value as unknown)).toEqual([1, 2, undefined]);
  });

  it("fails with TIMEOUT where it takes too long to open, and is given up", async () => {
    const pending = client().rooms.chat.connect({ room: "r" }, { timeout: 5 });
    await expect(pending).rejects.toMatchObject({ code: "TIMEOUT" });
    expect(FakeSocket.last.closedWith).toEqual([]);
  });

  it("is closed by its signal at any time", async () => {
    const controller = new AbortController();
    const socket = await opened({ signal: controller.signal });
    const next = socket[Symbol.asyncIterator]().next();
    controller.abort();
    await expect(next).rejects.toMatchObject({ code: "ABORTED" });
    expect(FakeSocket.last.closedWith).toEqual([]);
  });

  it("refuses headers, which sockets cannot send, and run times without a WebSocket", async () => {
    await expect(client().rooms.chat.connect({ room: "r" }, { headers: { "x-a": "1" } })).rejects.toThrow(
      TypeError,
    );
    vi.stubGlobal("WebSocket", undefined);
    try {
      const bare = createClient<App>({ url: "http://test" });
      await expect(bare.rooms.chat.connect({ room: "r" })).rejects.toThrow("WebSocket");
    } finally {
      vi.unstubAllGlobals();
    }
  });
});
