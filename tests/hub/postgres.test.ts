import { topic } from "@tenon/core";
import { openHub, postgresHub } from "@tenon/server/hub";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { describeHub, said } from "./hub-contract.ts";
import { exchangeBetweenProcesses } from "./processes.ts";

const connectionString = process.env["TEST_DATABASE_URL"];
if (connectionString === undefined) {
  throw new Error("There is no PostgreSQL: run 'node scripts/postgres.mjs -- vitest run tests/hub'.");
}
const client = (): pg.Client => new pg.Client({ connectionString });
const admin = client();
beforeAll(() => admin.connect());
afterAll(() => admin.end());

describeHub("PostgreSQL", () => postgresHub({ client }), true);

it("goes on by itself after a lost connection, and tells of the gap", async () => {
  const counted = topic("counted", z.int());
  const errors: unknown[] = [];
  const hub = await openHub(postgresHub({ client, channel: "lost", retryDelay: 1 }), {
    onError: (error) => errors.push(error),
  });
  let gaps = 0;
  const followed = await hub.follow(counted, { onGap: () => gaps++ });
  await admin.query("select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen lost'");
  await expect.poll(() => gaps, { timeout: 10_000 }).toBe(1);
  await hub.publish(counted, 7);
  expect((await followed.next()).value).toBe(7);
  expect(errors).toHaveLength(1);
  await hub.close();
});

it("says what to do about a message that NOTIFY cannot carry", async () => {
  const hub = await openHub(postgresHub({ client }));
  const large = { text: "€".repeat(3000), at: new Date() };
  await expect(hub.publish(said, large)).rejects.toThrow("publish an id, and read the rest");
  await hub.close();
  expect(() => postgresHub({ client, channel: 'a"; drop' })).toThrow("no channel of PostgreSQL");
});

it("does not open where there is no server", async () => {
  const nowhere = (): pg.Client => new pg.Client({ connectionString: "postgres://127.0.0.1:1/nothing" });
  await expect(openHub(postgresHub({ client: nowhere }))).rejects.toThrow("ECONNREFUSED");
});

it("carries messages between two processes", async () => {
  expect(await exchangeBetweenProcesses({ TEST_DATABASE_URL: connectionString })).toEqual([
    ["one", "two"],
    ["one", "two"],
  ]);
});
