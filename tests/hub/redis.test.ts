import { topic } from "@tenon/core";
import { openHub, redisHub } from "@tenon/server/hub";
import { createClient } from "redis";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { describeHub } from "./hub-contract.ts";
import { exchangeBetweenProcesses } from "./processes.ts";

const url = process.env["TEST_REDIS_URL"];
if (url === undefined) {
  throw new Error("There is no Redis: run 'node scripts/redis.mjs -- vitest run tests/hub'.");
}
const client = createClient({ url });
beforeAll(async () => {
  await client.connect();
});
afterAll(() => client.close());

describeHub("Redis", () => redisHub(client), true);

it("goes on by itself after a lost connection, and tells of the gap", async () => {
  const counted = topic("counted", z.int());
  const errors: unknown[] = [];
  const hub = await openHub(redisHub(client), { onError: (error) => errors.push(error) });
  let gaps = 0;
  const followed = await hub.follow(counted, { onGap: () => gaps++ });
  await client.sendCommand(["CLIENT", "KILL", "TYPE", "pubsub"]);
  await expect.poll(() => gaps, { timeout: 10_000 }).toBe(1);
  await expect
    .poll(async () => (await client.sendCommand(["PUBSUB", "NUMSUB", "tenon:hub:counted"])) as unknown[])
    .toEqual(["tenon:hub:counted", 1]);
  await hub.publish(counted, 7);
  expect((await followed.next()).value).toBe(7);
  await hub.close();
});

it("carries messages between two processes", async () => {
  expect(await exchangeBetweenProcesses({ TEST_REDIS_URL: url })).toEqual([
    ["one", "two"],
    ["one", "two"],
  ]);
});
