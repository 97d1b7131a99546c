import { procedure, sse } from "@tenon/core";
import { createApp } from "@tenon/server";
import { redisReplay } from "@tenon/server/redis";
import { createClient } from "redis";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { z } from "zod";

const url = process.env["TEST_REDIS_URL"];
if (url === undefined) {
  throw new Error("There is no Redis: run 'node scripts/redis.mjs -- vitest run tests/redis'.");
}
const client = createClient({ url });
beforeAll(async () => {
  await client.connect();
});
beforeEach(async () => {
  await client.flushAll();
});
afterAll(() => client.close());

const event = (n: number) => ({ id: `é ${n}`, text: `data: "line\\n${n}"\n\n` });

it("gives the events after one, as they were, each once", async () => {
  const store = redisReplay(client);
  for (const n of [1, 2, 3, 2]) {
    await store.append("a", event(n));
  }
  expect(await store.after("a", "é 1")).toEqual([event(2), event(3)]);
  expect(await store.after("a", "é 3")).toEqual([]);
  for (const [stream, id] of [
    ["a", "é 4"],
    ["b", "é 1"],
    ["a", ""],
  ] as const) {
    expect(await store.after(stream, id)).toBeUndefined();
  }
  expect(store.isShared).toBe(true);
});

it("keeps to its bounds in number, size and age, and leaves nothing behind", async () => {
  const few = redisReplay(client, { events: 2 });
  const small = redisReplay(client, { size: 50, prefix: "small:" });
  for (const n of [1, 2, 3]) {
    await few.append("a", event(n));
    await small.append("a", event(n));
  }
  expect([await few.after("a", "é 1"), await few.after("a", "é 2")]).toEqual([undefined, [event(3)]]);
  expect([await small.after("a", "é 1"), await small.after("a", "é 2")]).toEqual([undefined, [event(3)]]);
  await small.append("a", { id: "large", text: "x".repeat(100) });
  expect(await small.after("a", "large")).toBeUndefined();
  const short = redisReplay(client, { age: 1, prefix: "short:" });
  await short.append("a", event(1));
  await expect.poll(() => client.keys("short:*")).toEqual([]);
  expect(() => redisReplay(client, { age: 0 })).toThrow("bounds are numbers from 1");
});

it("lets a caller come back to another worker", async () => {
  const worker = () =>
    createApp({
      feed: {
        watch: procedure.output(z.int()).stream(
          async function* ({ lastEventId }) {
            for (let n = Number(lastEventId ?? 0) + 1; n <= 3; n++) {
              yield sse(n, { id: String(n) });
            }
          },
          { replay: redisReplay(client) },
        ),
      },
    });
  const ask = async (lastEventId?: string): Promise<string> => {
    const headers: Record<string, string> = lastEventId === undefined ? {} : { "last-event-id": lastEventId };
    return (await worker().fetch(new Request("http://localhost/feed/watch", { headers }))).text();
  };
  const said = (n: number): string => `id: ${n}\ndata: ${n}\n\n`;
  expect(await ask()).toBe(said(1) + said(2) + said(3));
  expect(await ask("1")).toBe(said(2) + said(3));
  expect(await ask("7")).toBe(`event: gap\ndata: {"lastEventId":"7"}\n\n${said(1)}${said(2)}${said(3)}`);
});
