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

/** What becomes of one connection: events, then how it ends. */
type Connection = Response | Error | { readonly events: string; readonly end: "over" | "lost" | "open" };

/** Answers one connection after the other; remembers what each was asked with. */
function serve(...connections: Connection[]) {
  const asked: (string | null)[] = [];
  const bodies: string[] = [];
  const api = createClient<App>({
    url: "http://test",
    fetch: async (request) => {
      asked.push(request.headers.get("last-event-id"));
      bodies.push(await request.text());
      const next = connections.shift();
      if (next === undefined) {
        throw new Error("nobody is there any more");
      }
      if (next instanceof Response) {
        return next;
      }
      if (next instanceof Error) {
        throw next;
      }
      const { events, end } = next;
      let isSent = false;
      const body = new ReadableStream<Uint8Array>({
        pull: (controller) => {
          if (!isSent) {
            isSent = true;
            controller.enqueue(new TextEncoder().encode(events));
          } else if (end === "over") {
            controller.close();
          } else if (end === "lost") {
            controller.error(new Error("the line is dead"));
          }
        },
      });
      return new Response(body, { headers: { "content-type": "text/event-stream; charset=utf-8" } });
    },
  });
  return { api, asked, bodies };
}

const event = (n: number): string => `id: ${n}\ndata: {"n":${n}}\n\n`;
const items = (...numbers: number[]): unknown[] => numbers.map((n) => ({ n }));
const problem = (status: number): Response =>
  Response.json(
    { status, code: status === 401 ? "UNAUTHENTICATED" : "UNAVAILABLE", title: "…" },
    {
      status,
      headers: { "content-type": "application/problem+json" },
    },
  );
const AT_ONCE = { delay: 0 };

/** Everything that a stream says until it ends or fails. */
async function collect(stream: AsyncIterable<unknown>): Promise<{ got: unknown[]; failure?: unknown }> {
  const got: unknown[] = [];
  try {
    for await (const item of stream) {
      got.push(item);
    }
    return { got };
  } catch (failure) {
    return { got, failure };
  }
}

describe("a stream whose connection is lost", () => {
  it("goes on after the last event that had an id, with the same input", async () => {
    const { api, asked, bodies } = serve(
      { events: event(1) + event(2), end: "lost" },
      { events: `${event(3)}data: {"n":4}\n\n`, end: "lost" },
      { events: event(5), end: "over" },
    );
    const { got, failure } = await collect(api.feed.watch.stream({ since: 7 }, { reconnect: AT_ONCE }));
    expect([got, failure]).toEqual([items(1, 2, 3, 4, 5), undefined]);
    expect(asked).toEqual([null, "2", "3"]);
    expect(new Set(bodies)).toEqual(new Set(['{"since":7}']));
  });

  it("does not count an event that did not arrive whole", async () => {
    const { api, asked } = serve(
      { events: `${event(1)}id: 2\ndata: {"n":`, end: "lost" },
      { events: event(2), end: "over" },
    );
    expect(await collect(api.feed.watch.stream({}, { reconnect: AT_ONCE }))).toEqual({ got: items(1, 2) });
    expect(asked).toEqual([null, "1"]);
  });

  it("waits out a server that is away, busy or behind a proxy that says so", async () => {
    const away = new Response("<html>Bad gateway</html>", {
      status: 502,
      headers: { "content-type": "text/html" },
    });
    const { api, asked } = serve(
      { events: event(1), end: "lost" },
      new TypeError("connection refused"),
      problem(503),
      away,
      { events: event(2), end: "over" },
    );
    expect(await collect(api.feed.watch.stream({}, { reconnect: AT_ONCE }))).toEqual({ got: items(1, 2) });
    expect(asked).toEqual([null, "1", "1", "1", "1"]);
  });

  it("comes back to a server that stops and says when", async () => {
    const { api } = serve(
      { events: `${event(1)}retry: 0\n\n`, end: "over" },
      { events: event(2), end: "over" },
    );
    expect(await collect(api.feed.watch.stream())).toEqual({ got: items(1, 2) });
  });

  it("is not taken for over where a server stops, and no event had an id", async () => {
    const { api } = serve({ events: 'data: {"n":1}\n\nretry: 0\n\n', end: "over" });
    const { got, failure } = await collect(api.feed.watch.stream());
    expect([got, failure]).toEqual([items(1), expect.objectContaining({ code: "NETWORK" })]);
  });

  it("begins anew without ids where that is asked for", async () => {
    const { api, asked } = serve(
      { events: 'data: {"n":1}\n\n', end: "lost" },
      { events: 'data: {"n":1}\n\n', end: "over" },
    );
    const stream = api.feed.watch.stream({}, { reconnect: { ...AT_ONCE, anew: true } });
    expect(await collect(stream)).toEqual({ got: items(1, 1) });
    expect(asked).toEqual([null, null]);
  });

  it("throws the loss where it shall not come back, or cannot", async () => {
    const lost = { events: event(1), end: "lost" } as const;
    const never = await collect(serve(lost).api.feed.watch.stream({}, { reconnect: false }));
    expect(never).toEqual({ got: items(1), failure: expect.objectContaining({ code: "NETWORK" }) });
    const nameless = { events: 'data: {"n":1}\n\n', end: "lost" } as const;
    expect((await collect(serve(nameless).api.feed.watch.stream())).failure).toMatchObject({
      code: "NETWORK",
    });
    const first = await collect(
      serve(new TypeError("refused")).api.feed.watch.stream({}, { lastEventId: "1" }),
    );
    expect(first.failure).toMatchObject({ code: "NETWORK" });
  });

  it("throws what another attempt cannot cure", async () => {
    const { api } = serve({ events: event(1), end: "lost" }, problem(401));
    const { got, failure } = await collect(api.feed.watch.stream({}, { reconnect: AT_ONCE }));
    expect([got, failure]).toEqual([items(1), expect.objectContaining({ code: "UNAUTHENTICATED" })]);
  });

  it("gives up after so many attempts that brought nothing", async () => {
    const { api, asked } = serve({ events: event(1), end: "lost" });
    const { failure } = await collect(api.feed.watch.stream({}, { reconnect: { delay: 0, attempts: 3 } }));
    expect(failure).toMatchObject({ code: "NETWORK" });
    expect(asked).toHaveLength(4);
  });

  it("takes a long silence for a loss", async () => {
    const { api } = serve({ events: event(1), end: "open" }, { events: event(2), end: "over" });
    const { got } = await collect(api.feed.watch.stream({}, { reconnect: { delay: 0, silence: 10 } }));
    expect(got).toEqual(items(1, 2));
  });

  it("does not come back to whoever has left or aborted", async () => {
    const { api, asked } = serve({ events: event(1), end: "lost" });
    const iterator = api.feed.watch.stream()[Symbol.asyncIterator]();
    await iterator.next();
    const waiting = iterator.next();
    await iterator.return?.();
    expect(await waiting).toEqual({ done: true, value: undefined });
    const controller = new AbortController();
    const aborted = serve({ events: event(1), end: "lost" });
    const other = aborted.api.feed.watch.stream({}, { signal: controller.signal })[Symbol.asyncIterator]();
    await other.next();
    const failing = other.next();
    setTimeout(() => controller.abort(), 0);
    await expect(failing).rejects.toMatchObject({ status: undefined });
    expect([asked, aborted.asked]).toEqual([[null], [null]]);
  });

  it("begins after an event that the caller names, and tells of a gap", async () => {
    const { api, asked } = serve({
      events: `event: gap\ndata: {"lastEventId":"9"}\n\n${event(1)}`,
      end: "over",
    });
    const gaps: unknown[] = [];
    const stream = api.feed.watch.stream({}, { lastEventId: "9", onGap: (gap) => gaps.push(gap) });
    expect(await collect(stream)).toEqual({ got: items(1) });
    expect([asked, gaps]).toEqual([["9"], [{ lastEventId: "9" }]]);
  });
});
