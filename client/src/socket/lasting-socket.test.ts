import { procedure } from "@tenon/core";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import type { ClientOptions } from "../client-options.ts";
import { createClient } from "../create-client.ts";

namespace rooms {
  export const chat = procedure
    .receive(z.string())
    .send(z.int())
    .socket(async () => {});
}
type App = { "~routes": { rooms: typeof rooms } };

/** The other ends of the sockets, in the hands of the test. */
class FakeSocket extends EventTarget {
  static all: FakeSocket[] = [];
  readonly sent: string[] = [];
  closedWith: number | undefined;

  constructor() {
    super();
    FakeSocket.all.push(this);
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(code?: number): void {
    this.closedWith ??= code;
    queueMicrotask(() => this.finish(code ?? 1005));
  }

  open(): this {
    this.dispatchEvent(new Event("open"));
    return this;
  }

  say(n: number): void {
    this.dispatchEvent(Object.assign(new Event("message"), { data: String(n) }));
  }

  finish(code: number): void {
    this.dispatchEvent(Object.assign(new Event("close"), { code, reason: "" }));
  }
}

beforeEach(() => {
  FakeSocket.all = [];
});

/** The socket of an attempt, once it was made. */
async function attempt(n: number): Promise<FakeSocket> {
  await vi.waitUntil(() => FakeSocket.all.length >= n, { interval: 1 });
  return FakeSocket.all[n - 1] as FakeSocket;
}

type Options = NonNullable<Parameters<ReturnType<typeof createClient<App>>["rooms"]["chat"]["connect"]>[1]>;

async function open(options: Options = { reconnect: { delay: 0 } }) {
  const api = createClient<App>({
    url: "https://example.com",
    WebSocket: FakeSocket as unknown as NonNullable<ClientOptions["WebSocket"]>,
  });
  const pending = api.rooms.chat.connect({}, options);
  (await attempt(1)).open();
  const socket = await pending;
  return { socket, items: socket[Symbol.asyncIterator]() };
}

describe("a socket that is opened again", () => {
  it.each([1001, 1006, 1012, 1013])("goes on where it was lost with %i", async (code) => {
    const { socket, items } = await open();
    const first = await attempt(1);
    first.say(1);
    first.finish(code);
    const second = (await attempt(2)).open();
    second.say(2);
    expect([(await items.next()).value, (await items.next()).value]).toEqual([1, 2]);
    await vi.waitUntil(() => (socket.send("x"), second.sent.length > 0), { interval: 1 });
  });

  it("keeps what is sent meanwhile, and says first what the application has to say anew", async () => {
    const opened = await open({
      reconnect: { delay: 0, queue: 2 },
      onReconnect: () => opened.socket.send("I am Ann"),
    });
    const { socket } = opened;
    (await attempt(1)).finish(1006);
    const second = await attempt(2);
    socket.send("one");
    socket.send("two");
    expect(() => socket.send("three")).toThrow("2 messages wait for a connection already");
    second.open();
    await vi.waitUntil(() => second.sent.length === 3, { interval: 1 });
    expect(second.sent).toEqual(['"I am Ann"', '"one"', '"two"']);
  });

  it.each([1000, 1008, 1011, 4000])("is over where it was closed with %i", async (code) => {
    const { socket, items } = await open();
    (await attempt(1)).finish(code);
    expect(await socket.closed).toEqual({ code, reason: "" });
    if (code === 1000) {
      expect(await items.next()).toEqual({ done: true, value: undefined });
    } else {
      await expect(items.next()).rejects.toMatchObject({ code: "UNEXPECTED" });
    }
    expect(FakeSocket.all).toHaveLength(1);
    expect(() => socket.send("x")).toThrow("the socket is closed");
  });

  it("gives up after so many attempts, and says what it met last", async () => {
    const { socket, items } = await open({ reconnect: { delay: 0, attempts: 2 } });
    (await attempt(1)).finish(1006);
    (await attempt(2)).finish(1006);
    (await attempt(3)).finish(1006);
    await expect(items.next()).rejects.toMatchObject({ code: "NETWORK" });
    expect((await socket.closed).code).toBe(1006);
    expect(FakeSocket.all).toHaveLength(3);
  });

  it("does not come back once it was closed here, or aborted", async () => {
    const { socket, items } = await open();
    const waiting = items.next();
    socket.close();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect((await attempt(1)).closedWith).toBe(1000);
    FakeSocket.all = [];
    const controller = new AbortController();
    const other = await open({ reconnect: { delay: 60_000 }, signal: controller.signal });
    (await attempt(1)).finish(1006);
    const next = other.items.next();
    controller.abort();
    await expect(next).rejects.toMatchObject({ status: undefined });
    expect(FakeSocket.all).toHaveLength(1);
  });

  it("takes a long silence for a loss", async () => {
    const { items } = await open({ reconnect: { delay: 0, silence: 5 } });
    (await attempt(2)).open().say(7);
    expect((await items.next()).value).toBe(7);
  });

  it("is not lasting where that is not asked for", async () => {
    const { items } = await open({});
    (await attempt(1)).finish(1006);
    await expect(items.next()).rejects.toMatchObject({ code: "NETWORK" });
    expect(FakeSocket.all).toHaveLength(1);
  });
});
