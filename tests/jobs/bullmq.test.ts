import { randomUUID } from "node:crypto";
import { job } from "@tenon/core";
import { createApp } from "@tenon/server";
import { bullMqJobs } from "@tenon/server/jobs/bullmq";
import { createClient } from "redis";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeEngine } from "./engine-contract.ts";
import { queueOn, running } from "./running.ts";
import { addressOf } from "./servers.ts";

const connection = createClient({ url: addressOf("bullmq") });
const engine = () => bullMqJobs({ connection });

beforeAll(async () => {
  await connection.connect();
});
afterAll(() => connection.close());

describeEngine({ name: "BullMQ", engine, isDurable: true });

it("forgets a schedule that a job has no longer", async () => {
  const base = job(`scheduled-${randomUUID()}`);
  const scheduled = base.schedule("0 3 * * *").handle(() => {});
  const schedulers = () => connection.keys(`bull:${scheduled.name}:repeat*`);
  await (await running(engine(), [scheduled])).stop();
  expect(await schedulers()).not.toEqual([]);
  await (await running(engine(), [base.handle(() => {})])).stop();
  expect(await schedulers()).toEqual([]);
});

it("leaves the client open, and keeps apart what has another prefix", async () => {
  const one = job(`apart-${randomUUID()}`).handle(() => {});
  const app = createApp({});
  const { value } = await app.resolve(queueOn(bullMqJobs({ connection, prefix: "other" })));
  await value.enqueue(one);
  await app.stop();
  expect(connection.isReady).toBe(true);
  expect(await connection.keys(`bull:${one.name}:*`)).toEqual([]);
  expect(await connection.keys(`other:${one.name}:*`)).not.toEqual([]);
});
