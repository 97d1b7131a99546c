import { procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { rateLimit } from "@tenon/server/middleware";
import { redisRateLimits } from "@tenon/server/redis";
import { createClient } from "redis";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { z } from "zod";

const url = process.env["TEST_REDIS_URL"];
if (url === undefined) {
  throw new Error("There is no Redis: run 'node scripts/redis.mjs -- vitest run tests/redis'.");
}
const clients = [createClient({ url }), createClient({ url })] as const;
const [client, other] = clients;
// An hour, so that nothing comes back while a test runs.
const policy = { limit: 5, window: 3_600_000 };

beforeAll(async () => {
  await Promise.all(clients.map((each) => each.connect()));
});
beforeEach(async () => {
  await client.flushAll();
});
afterAll(async () => {
  await Promise.all(clients.map((each) => each.close()));
});

it("counts for all workers together, however many ask at once", async () => {
  const stores = clients.map((each) => redisRateLimits(each));
  const asked = Array.from({ length: 50 }, () => stores).flat();
  const taken = await Promise.all(asked.map(async (store) => store.take("a", policy)));
  expect(taken.filter(({ isAllowed }) => isAllowed)).toHaveLength(5);
  const refused = taken.find(({ isAllowed }) => !isAllowed);
  expect(refused).toMatchObject({ remaining: 0 });
  expect(refused?.retryAfter).toBeGreaterThan(0);
  expect(refused?.retryAfter).toBeLessThanOrEqual(policy.window / policy.limit);
  expect(await redisRateLimits(client).take("b", policy)).toMatchObject({ isAllowed: true, remaining: 4 });
});

it("gives back what the policy says, by the clock of Redis", async () => {
  const store = redisRateLimits(client);
  const quick = { limit: 1000, window: 1000 };
  const first = await store.take("a", quick);
  expect(first).toMatchObject({ isAllowed: true, remaining: 999, retryAfter: 0 });
  expect(first.reset).toBeCloseTo(1, 5);
  // One request comes back in a millisecond: waiting for the keys to go is waiting for all of them.
  await expect.poll(() => client.exists("tenon:rate:a")).toBe(0);
  expect(await store.take("a", quick)).toMatchObject({ isAllowed: true, remaining: 999 });
});

it("keeps no key longer than it says something", async () => {
  await redisRateLimits(client, { prefix: "own:" }).take("a", policy);
  expect(await client.keys("*")).toEqual(["own:a"]);
  const left = await client.pTTL("own:a");
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThanOrEqual(policy.window / policy.limit);
});

it("sends the script anew to a Redis that has forgotten it", async () => {
  const store = redisRateLimits(client);
  await store.take("a", policy);
  await client.scriptFlush();
  expect(await store.take("a", policy)).toMatchObject({ isAllowed: true, remaining: 3 });
});

it("limits requests of two applications as one", async () => {
  const things = { list: procedure.output(z.string()).query(() => "x") };
  const apps = clients.map((each) =>
    createApp(
      { things: router(things) },
      { middleware: [rateLimit({ limit: 3, window: 3600, store: redisRateLimits(each) })] },
    ),
  );
  const statuses = [];
  for (const index of [0, 1, 0, 1]) {
    const response = await apps[index]?.fetch(new Request("http://x/things"), { ip: "192.0.2.1" });
    statuses.push([response?.status, response?.headers.get("ratelimit")?.split(";")[1]]);
  }
  expect(statuses).toEqual([
    [200, "r=2"],
    [200, "r=1"],
    [200, "r=0"],
    [429, "r=0"],
  ]);
});

it("says 503 while Redis is away", async () => {
  const gone = createClient({ url, disableOfflineQueue: true });
  const things = { list: procedure.output(z.string()).query(() => "x") };
  const errors: unknown[] = [];
  const app = createApp(
    { things: router(things) },
    {
      middleware: [rateLimit({ limit: 3, window: 3600, store: redisRateLimits(gone) })],
      onError: (error) => errors.push(error),
    },
  );
  const response = await app.fetch(new Request("http://x/things"), { ip: "192.0.2.1" });
  expect([response.status, await response.json()]).toMatchObject([503, { code: "UNAVAILABLE" }]);
  expect(errors).toHaveLength(1);
  expect(other.isReady).toBe(true);
});
