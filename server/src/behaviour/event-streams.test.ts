import { dependency, events, file, procedure, router, security, sse } from "@tenon/core";
import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { createApp } from "../app.ts";
import { memoryReplay } from "../stream/memory-replay.ts";
import { type Adapter, answers, behindEveryAdapter } from "./adapters.ts";

/** A source that counts: `reach(n)` resolves once the test has said so, and rejects when nobody waits any more. */
class Counter {
  readonly #waiting = new Set<() => void>();
  #count = 0;

  count(): void {
    this.#count++;
    this.#waiting.forEach((wake) => wake());
  }

  async reach(n: number, signal: AbortSignal): Promise<void> {
    while (this.#count < n) {
      signal.throwIfAborted();
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          this.#waiting.delete(wake);
          signal.removeEventListener("abort", wake);
          resolve();
        };
        this.#waiting.add(wake);
        signal.addEventListener("abort", wake);
      });
    }
  }
}

/** Reads a body chunk by chunk. */
function reader(response: Response): { next(): Promise<string | undefined>; cancel(): Promise<void> } {
  const source = response.body!.getReader();
  const text = new TextDecoder();
  return {
    next: async () => {
      const { done, value } = await source.read();
      return done ? undefined : text.decode(value, { stream: true });
    },
    cancel: () => source.cancel(),
  };
}

const Update = events({ token: { text: z.string(), at: z.date() }, usage: z.int(), done: z.null() });
const at = new Date(0);

behindEveryAdapter("a stream of several kinds of events", (adapter) => {
  const app = createApp({
    chat: router({
      watch: procedure.output(Update).stream(async function* () {
        yield { event: "token", data: { text: "two\nlines", at } };
        yield sse({ event: "usage", data: 7 }, { id: "1", retry: 50 });
        yield { event: "done", data: null };
      }),
      wrong: procedure.output(Update).stream(async function* () {
        yield { event: "usage", data: 1 };
        yield { event: "tokens", data: 7 } as never;
      }),
      renamed: procedure.output(Update).stream(async function* () {
        yield sse({ event: "done", data: null }, { event: "other" });
      }),
    }),
  });
  const accepting = (accept: string): RequestInit => ({ headers: { accept } });

  it("says their names to whoever takes events, and in each line to others", async () => {
    const [asEvents, asLines] = await answers(
      adapter,
      app,
      ["/chat/watch", accepting("text/event-stream")],
      ["/chat/watch", accepting("application/jsonl")],
    );
    expect(asEvents?.text).toBe(
      [
        'event: token\ndata: {"text":"two\\nlines","at":"1970-01-01T00:00:00.000Z"}\n\n',
        "event: usage\nid: 1\nretry: 50\ndata: 7\n\n",
        "event: done\ndata: null\n\n",
      ].join(""),
    );
    expect(asEvents?.headers.get("content-type")).toBe("text/event-stream; charset=utf-8; events=named");
    expect(asLines?.text.split("\n").map((line) => line && JSON.parse(line))).toEqual([
      { event: "token", data: { text: "two\nlines", at: "1970-01-01T00:00:00.000Z" } },
      { event: "usage", data: 7 },
      { event: "done", data: null },
      "",
    ]);
  });

  it("ends with a problem where an event is none of them, or says two names", async () => {
    const reported: unknown[] = [];
    const quiet = app.with({ onError: (error) => reported.push(error) });
    const [wrong] = await answers(adapter, quiet, ["/chat/wrong"]);
    expect(wrong?.text).toMatch(/^event: usage\ndata: 1\n\nevent: error\ndata: \{.*"code":"INTERNAL"/);
    const [renamed] = await answers(adapter, quiet, ["/chat/renamed"]);
    expect(renamed?.text).toContain("event: error");
    expect(String(reported[1])).toContain("leave 'event' out of sse(…) in 'chat.renamed'");
  });
});

describe("events({ … })", () => {
  it.each([
    ["nothing", {}, "has no event"],
    ["an event of the framework's own", { error: z.string() }, "'error' and 'gap' are the framework's own"],
    ["a name of two lines", { "a\nb": z.string() }, "a name is one line"],
    ["what is no schema", { a: { b: 1 } }, "'b' is no schema"],
  ])("refuses %s", (_name, given, sentence) => {
    expect(() => events(given as never)).toThrow(sentence);
  });

  it("is refused where the answer is no stream", () => {
    const wrong = procedure.output(Update).query(() => ({ event: "done", data: null }));
    expect(() => createApp({ chat: { wrong } })).toThrow("finish it with .stream(…)");
  });
});

/** An application whose streams follow one counter, after the event that a caller has seen. */
function counting(options: Parameters<typeof memoryReplay>[0] = {}) {
  const counter = new Counter();
  const begun: (string | undefined)[] = [];
  const closed: string[] = [];
  const user = security.bearer();
  const session = dependency.resolve(async function* () {
    try {
      yield 1;
    } finally {
      closed.push("session");
    }
  });
  const base = procedure.use({ session }).input({ topic: z.string().optional() }).output({ n: z.int() });
  const replay = memoryReplay(options);
  const count = async function* ({
    lastEventId,
    signal,
  }: {
    lastEventId: string | undefined;
    signal: AbortSignal;
  }) {
    begun.push(lastEventId);
    try {
      for (let n = Number(lastEventId ?? 0) + 1; ; n++) {
        await counter.reach(n, signal);
        yield sse({ n }, { id: String(n) });
      }
    } finally {
      closed.push("generator");
    }
  };
  const app = createApp({
    feed: router({
      watch: base.stream(count, { replay }),
      mine: base.use({ user }).route("GET /mine").stream(count, { replay }),
    }),
  });
  return { app, begun, closed, counter };
}

const event = (n: number): string => `id: ${n}\ndata: {"n":${n}}\n\n`;
const after = (lastEventId: string, more: Record<string, string> = {}): RequestInit => ({
  headers: { "last-event-id": lastEventId, ...more },
});

behindEveryAdapter("a stream that keeps its events", (adapter: Adapter) => {
  it("sends what came after the event that was seen, and goes on behind it", async () => {
    const { app, begun, counter } = counting();
    const opened = await adapter.open(app);
    const first = reader(await opened.request("/feed/watch"));
    for (let n = 1; n <= 3; n++) {
      counter.count();
      expect(await first.next()).toBe(event(n));
    }
    const second = reader(await opened.request("/feed/watch", after("1")));
    counter.count();
    let text = "";
    while (!text.endsWith(event(4))) {
      text += (await second.next()) ?? "the end";
    }
    expect(text).toBe(event(2) + event(3) + event(4));
    expect(await first.next()).toBe(event(4));
    expect(begun).toEqual([undefined, "3"]);
    await Promise.all([first.cancel(), second.cancel()]);
    await opened.close();
  });

  it("tells of a gap where it does not know the event, and begins anew", async () => {
    const { app, begun, counter } = counting();
    const opened = await adapter.open(app);
    const follower = reader(await opened.request("/feed/watch", after("77")));
    expect(await follower.next()).toBe('event: gap\ndata: {"lastEventId":"77"}\n\n');
    counter.count();
    expect(await follower.next()).toBe(event(1));
    expect(begun).toEqual([undefined]);
    await follower.cancel();
    await opened.close();
  });

  it("keeps the events of one input, and of one caller, from every other", async () => {
    const { app, counter } = counting();
    const opened = await adapter.open(app);
    const ann = { authorization: "Bearer ann" };
    counter.count();
    for (const [path, headers] of [
      ["/feed/watch?topic=a", {}],
      ["/feed/mine", ann],
    ] as const) {
      const seen = reader(await opened.request(path, { headers }));
      expect(await seen.next()).toBe(event(1));
      await seen.cancel();
    }
    for (const [path, headers] of [
      ["/feed/watch?topic=b", {}],
      ["/feed/watch", {}],
      ["/feed/mine", { authorization: "Bearer bob" }],
    ] as const) {
      const other = reader(await opened.request(path, after("1", headers)));
      expect(await other.next()).toContain("event: gap");
      await other.cancel();
    }
    counter.count();
    const again = reader(await opened.request("/feed/mine", after("1", ann)));
    expect(await again.next()).toBe(event(2));
    await again.cancel();
    expect((await opened.request("/feed/mine", after("1"))).status).toBe(401);
    await opened.close();
  });

  it("closes the generator and what it uses when the caller goes away", async () => {
    const { app, closed, counter } = counting();
    const opened = await adapter.open(app);
    counter.count();
    const follower = reader(await opened.request("/feed/watch"));
    await follower.next();
    await follower.cancel();
    await expect.poll(() => closed).toEqual(["generator", "session"]);
    await opened.close();
  });
});

behindEveryAdapter("a stream that has nothing to say", (adapter) => {
  it("says so now and then, and loses no item by it", async () => {
    const counter = new Counter();
    const quiet = procedure.output(z.int()).stream(
      async function* ({ signal }) {
        for (let n = 1; n <= 2; n++) {
          await counter.reach(n, signal);
          yield n;
        }
      },
      { keepAlive: 5 },
    );
    const opened = await adapter.open(createApp({ feed: { quiet } }));
    const follower = reader(await opened.request("/feed/quiet"));
    expect(await follower.next()).toBe(": \n\n");
    counter.count();
    let text = "";
    while (!text.endsWith("data: 1\n\n")) {
      text += await follower.next();
    }
    expect(text).toMatch(/^(: \n\n)*data: 1\n\n$/);
    expect(await follower.next()).toBe(": \n\n");
    counter.count();
    text = "";
    for (let chunk = await follower.next(); chunk !== undefined; chunk = await follower.next()) {
      text += chunk;
    }
    expect(text).toMatch(/^(: \n\n)*data: 2\n\n$/);
    const lines = reader(await opened.request("/feed/quiet", { headers: { accept: "application/jsonl" } }));
    expect(await lines.next()).toMatch(/^1\n/);
    await lines.cancel();
    await opened.close();
  });
});

it("forgets events beyond its bounds: in number, in size, in age", async () => {
  const id = (n: number) => ({ id: String(n), text: "x".repeat(100) });
  const few = memoryReplay({ events: 2 });
  for (let n = 1; n <= 3; n++) {
    await few.append("a", id(n));
  }
  await few.append("a", id(3));
  expect(await few.after("a", "1")).toBeUndefined();
  expect((await few.after("a", "2"))?.map((each) => each.id)).toEqual(["3"]);
  expect(await few.after("b", "2")).toBeUndefined();

  const small = memoryReplay({ size: 1000 });
  await small.append("quiet", id(1));
  for (let n = 1; n <= 3; n++) {
    await small.append("busy", id(n));
  }
  expect([await small.after("quiet", "1"), (await small.after("busy", "1"))?.length]).toEqual([undefined, 2]);

  const young = memoryReplay({ age: 0.001 });
  await young.append("a", id(1));
  await expect.poll(() => young.after("a", "1")).toBeUndefined();
  expect(() => memoryReplay({ events: 0 })).toThrow("bounds are numbers above 0");
});

it("cannot keep the events of a form", () => {
  const upload = procedure.route("POST /feed").input({ picture: file() }).output(z.int());
  const stream = upload.stream(async function* () {}, { replay: memoryReplay() });
  expect(() => createApp({ feed: { watch: stream } })).toThrow("its input is a form or raw bytes");
});

it("warns at the start where events are kept in one of several workers", async () => {
  const said: unknown[] = [];
  const logger = { debug() {}, info() {}, error() {}, warn: (...words: unknown[]) => said.push(...words) };
  const watch = procedure.output(z.int()).stream(async function* () {}, { replay: memoryReplay() });
  const app = createApp({ feed: { watch } }, { logger: logger as never });
  await app.start();
  expect(said).toEqual([]);
  vi.stubEnv("NODE_UNIQUE_ID", "1");
  await app.with({}).start();
  vi.unstubAllEnvs();
  expect(said).toEqual([expect.stringContaining("'feed.watch' keeps events in this worker only")]);
});
