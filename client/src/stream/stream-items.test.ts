import { procedure } from "@tenon/core";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createClient } from "../create-client.ts";

namespace feed {
  export const watch = procedure
    .input({ since: z.int().optional() })
    .output({ n: z.int() })
    .stream(async function* () {});
}
type App = { "~routes": { feed: typeof feed } };

interface Served {
  readonly api: ReturnType<typeof createClient<App>>;
  readonly requests: Request[];
  /** Says more, or breaks the connection. */
  readonly push: (more: string | Uint8Array | Error) => void;
  readonly end: () => void;
  /** Whether the client has ended the connection. */
  readonly isCancelled: () => boolean;
}

function serve(head?: Response): Served {
  let controller: ReadableStreamDefaultController<Uint8Array>;
  let isCancelled = false;
  const body = new ReadableStream<Uint8Array>({
    start: (opened) => {
      controller = opened;
    },
    cancel: () => {
      isCancelled = true;
    },
  });
  const requests: Request[] = [];
  const api = createClient<App>({
    url: "http://test",
    fetch: async (request) => {
      requests.push(request);
      return head ?? new Response(body, { headers: { "content-type": "text/event-stream; charset=utf-8" } });
    },
  });
  return {
    api,
    requests,
    push: (more) =>
      more instanceof Error
        ? controller.error(more)
        : controller.enqueue(typeof more === "string" ? new TextEncoder().encode(more) : more),
    end: () => controller.close(),
    isCancelled: () => isCancelled,
  };
}

async function collect(items: AsyncIterable<unknown>): Promise<unknown[]> {
  const collected: unknown[] = [];
  for await (const item of items) {
    collected.push(item);
  }
  return collected;
}

const item = (n: number): string => `data: {"n":${n}}\n\n`;
const PROBLEM = '{"status":409,"code":"CONFLICT","data":{"a":1}}';

describe("a stream", () => {
  it("asks for events, and yields items across chunks, comments and line ends left out", async () => {
    const { api, requests, push, end } = serve();
    push(`: \n\n${item(1)}data: {"n"`);
    push(`:2}\r\n\r\nid: 7\nevent: x\nretry: 99999999999999\ndata: {\ndata: "n":3}\n\n`);
    end();
    expect(await collect(api.feed.watch.stream({ since: 1 }))).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    const [request] = requests as [Request];
    expect([request.method, request.url, await request.text()]).toEqual([
      "POST",
      "http://test/rpc/feed.watch",
      '{"since":1}',
    ]);
    expect(request.headers.get("accept")).toBe("text/event-stream, application/vnd.tenon+json;q=0.9");
  });

  it("puts characters together that chunks have split", async () => {
    const { api, push, end } = serve();
    for (const byte of new TextEncoder().encode('data: "ü€😀"\n\n')) {
      push(Uint8Array.of(byte));
    }
    end();
    expect(await collect(api.feed.watch.stream())).toEqual(["ü€😀"]);
  });

  it("sends nothing before the first item is asked for", async () => {
    const { api, requests, push, end } = serve();
    const stream = api.feed.watch.stream()[Symbol.asyncIterator]();
    await Promise.resolve();
    expect(requests.length).toBe(0);
    push(item(1));
    end();
    expect(await stream.next()).toEqual({ done: false, value: { n: 1 } });
    expect(requests.length).toBe(1);
  });

  it("throws the problem of an error event, after the items before it, and is over then", async () => {
    const { api, push, isCancelled } = serve();
    push(`${item(1)}event: error\ndata: ${PROBLEM}\n\n${item(2)}`);
    const stream = api.feed.watch.stream()[Symbol.asyncIterator]();
    expect(await stream.next()).toEqual({ done: false, value: { n: 1 } });
    await expect(stream.next()).rejects.toMatchObject({ code: "CONFLICT", status: 409, data: { a: 1 } });
    expect(await stream.next()).toEqual({ done: true, value: undefined });
    expect(isCancelled()).toBe(true);
  });

  it.each([
    ["an item that is no JSON", 'data: {"n":\n\n'],
    ["an error event without a problem", "event: error\ndata: 1\n\n"],
    ["an event without an end", `data: ${"x".repeat(17 * 1024 * 1024)}`],
  ])("says MALFORMED to %s", async (_name, text) => {
    const { api, push, isCancelled } = serve();
    push(text);
    await expect(collect(api.feed.watch.stream())).rejects.toMatchObject({ code: "MALFORMED" });
    expect(isCancelled()).toBe(true);
  });

  it("throws the ApiError of an answer that is no success", async () => {
    const { api } = serve(
      new Response(PROBLEM, { status: 409, headers: { "content-type": "application/problem+json" } }),
    );
    await expect(collect(api.feed.watch.stream())).rejects.toMatchObject({ code: "CONFLICT", status: 409 });
  });

  it("says UNEXPECTED where the answer is no stream", async () => {
    const { api } = serve(Response.json({ n: 1 }));
    await expect(collect(api.feed.watch.stream())).rejects.toMatchObject({ code: "UNEXPECTED" });
  });

  it("says NETWORK where the connection breaks", async () => {
    const { api, push } = serve();
    const stream = api.feed.watch.stream()[Symbol.asyncIterator]();
    push(item(1));
    await stream.next();
    push(new TypeError("terminated"));
    await expect(stream.next()).rejects.toMatchObject({ code: "NETWORK" });
  });

  it("ends the request when the loop is left", async () => {
    const { api, requests, push, isCancelled } = serve();
    push(item(1) + item(2));
    for await (const one of api.feed.watch.stream()) {
      expect(one).toEqual({ n: 1 });
      break;
    }
    await new Promise((resolve) => setTimeout(resolve));
    expect(isCancelled()).toBe(true);
    expect((requests[0] as Request).signal.aborted).toBe(true);
  });

  it("ends at once when it is left while an item is awaited", async () => {
    const { api, isCancelled } = serve();
    const stream = api.feed.watch.stream()[Symbol.asyncIterator]();
    const pending = stream.next();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await stream.return?.();
    expect(await pending).toEqual({ done: true, value: undefined });
    expect(isCancelled()).toBe(true);
  });

  it("throws ABORTED when the signal aborts, before and between items", async () => {
    const { api, push } = serve();
    const controller = new AbortController();
    const stream = api.feed.watch.stream({}, { signal: controller.signal })[Symbol.asyncIterator]();
    push(item(1));
    await stream.next();
    const pending = stream.next();
    setTimeout(() => controller.abort(), 1);
    await expect(pending).rejects.toMatchObject({ code: "ABORTED" });
    await expect(collect(api.feed.watch.stream({}, { signal: AbortSignal.abort() }))).rejects.toMatchObject({
      code: "ABORTED",
    });
  });

  it("has its time until the head only", async () => {
    const { api, push, end } = serve();
    setTimeout(() => {
      push(item(1));
      end();
    }, 30);
    expect(await collect(api.feed.watch.stream({}, { timeout: 15 }))).toEqual([{ n: 1 }]);
  });

  it("keeps the order where several items are asked for at once", async () => {
    const { api, push, end } = serve();
    const stream = api.feed.watch.stream()[Symbol.asyncIterator]();
    const asked = [stream.next(), stream.next(), stream.next()];
    push(item(1) + item(2));
    end();
    expect(await Promise.all(asked)).toEqual([
      { done: false, value: { n: 1 } },
      { done: false, value: { n: 2 } },
      { done: true, value: undefined },
    ]);
  });

  it("is iterated in the REST style, too, and ends its request there", async () => {
    const { api, requests, push, isCancelled } = serve();
    push(item(1) + item(2));
    for await (const one of api.GET("/feed/watch", { query: { since: 1 } })) {
      expect(one).toEqual({ n: 1 });
      break;
    }
    await new Promise((resolve) => setTimeout(resolve));
    const [request] = requests as [Request];
    expect(request.url).toBe("http://test/feed/watch?since=1");
    expect(request.headers.get("accept")).toContain("text/event-stream");
    expect(isCancelled()).toBe(true);
  });
});
