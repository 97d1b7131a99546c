import { randomUUID } from "node:crypto";
import { PGlite } from "@electric-sql/pglite";
import { type Job, job } from "@tenon/core";
import { createApp } from "@tenon/server";
import type { JobQueue } from "@tenon/server/jobs";
import { pgBossJobs, type SqlRunner } from "@tenon/server/jobs/pg-boss";
import { type SQL, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { afterAll, expect, it } from "vitest";
import { z } from "zod";
import { describeEngine } from "./engine-contract.ts";
import { gate, queueOn, running } from "./running.ts";
import { addressOf } from "./servers.ts";

const url = addressOf("pg-boss");
const pool = new pg.Pool({ connectionString: url });
const engine = () => pgBossJobs({ url, pollInterval: 100, maintenanceInterval: 1 });
afterAll(() => pool.end());

describeEngine({ name: "pg-boss", engine, isDurable: true });

it("forgets a schedule that a job has no longer", async () => {
  const base = job(`scheduled-${randomUUID()}`);
  const scheduled = base.schedule("0 3 * * *", { timeZone: "Europe/Zurich" }).handle(() => {});
  const schedules = async () =>
    (await pool.query("SELECT cron, timezone FROM pgboss.schedule WHERE name = $1", [scheduled.name])).rows;
  await (await running(engine(), [scheduled])).stop();
  expect(await schedules()).toEqual([{ cron: "0 3 * * *", timezone: "Europe/Zurich" }]);
  await (await running(engine(), [base.handle(() => {})])).stop();
  expect(await schedules()).toEqual([]);
});

it("says so at once where the database cannot be reached", async () => {
  const away = pgBossJobs({ url: "postgres://nobody@127.0.0.1:1/none" });
  await expect(createApp({}).resolve(queueOn(away))).rejects.toThrow("ECONNREFUSED");
});

it("takes an address or a database", () => {
  expect(() => pgBossJobs({})).toThrow("takes a url or a database");
  expect(() => pgBossJobs({ url, database: pool })).toThrow("takes a url or a database");
});

// #region outbox
/** Places an order and enqueues its receipt: both, or neither. */
async function placeOrder(client: SqlRunner, queue: JobQueue<SqlRunner>, receipt: Receipt, id: number) {
  await client.query("INSERT INTO orders (id) VALUES ($1)", [id]);
  await queue.enqueue(receipt, { orderId: id }, { within: client });
}
// #endregion

type Receipt = Job<{ orderId: number }, { orderId: number }>;

it("keeps no job of a transaction that was rolled back, and runs that of one that was committed", async () => {
  const sent: number[] = [];
  const done = gate();
  const receipt = job(`receipt-${randomUUID()}`)
    .input({ orderId: z.int() })
    .handle(({ input }) => {
      sent.push(input.orderId);
      done.open();
    });
  await pool.query("CREATE TABLE orders (id int PRIMARY KEY)");
  const worker = await running(pgBossJobs({ database: pool, pollInterval: 100 }), [receipt]);
  const { queue } = worker;
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await placeOrder(client, queue, receipt, 1);
    await client.query("ROLLBACK");
    await client.query("BEGIN");
    await placeOrder(client, queue, receipt, 2);
    await client.query("COMMIT");
  } finally {
    client.release();
  }
  await done.opened;
  await worker.stop();
  expect(sent).toEqual([2]);
  expect((await pool.query("SELECT id FROM orders")).rows).toEqual([{ id: 2 }]);
  const kept = await pool.query("SELECT data FROM pgboss.job WHERE name = $1", [receipt.name]);
  expect(kept.rows).toEqual([{ data: { input: { orderId: 2 } } }]);
});

// #region drizzle
/** A transaction of Drizzle, for `within`. */
function runnerOf(transaction: { execute(query: SQL): PromiseLike<{ rows: unknown[] }> }): SqlRunner {
  return {
    query: async (text, values = []) =>
      transaction.execute(
        sql.join(
          text
            .split(/\$(\d+)/)
            .map((part, index) =>
              index % 2 === 0 ? sql.raw(part) : sql`${values[Number(part) - 1] ?? null}`,
            ),
        ),
      ),
  };
}
// #endregion

it("takes a transaction of Drizzle", async () => {
  const receipt = job(`receipt-${randomUUID()}`)
    .input({ orderId: z.int() })
    .handle(() => {});
  const app = createApp({});
  const { value: jobs } = await app.resolve(queueOn(engine()));
  const database = drizzle(pool);
  const rolledBack = database.transaction(async (transaction) => {
    await jobs.enqueue(receipt, { orderId: 1 }, { within: runnerOf(transaction) });
    transaction.rollback();
  });
  await expect(rolledBack).rejects.toThrow("Rollback");
  const id = await database.transaction((transaction) =>
    jobs.enqueue(
      receipt,
      { orderId: 2 },
      { within: runnerOf(transaction), delay: 3_600_000, key: "a", priority: 7 },
    ),
  );
  const kept = await pool.query("SELECT id, data, priority FROM pgboss.job WHERE name = $1", [receipt.name]);
  expect(kept.rows).toEqual([{ id, data: { input: { orderId: 2 } }, priority: 7 }]);
  await app.stop();
});

it("works in a PGlite database, its transactions included", { timeout: 60_000 }, async () => {
  const database = await PGlite.create();
  const sent: number[] = [];
  const done = gate();
  const receipt = job("receipt")
    .input({ orderId: z.int() })
    .retry({ limit: 1, delay: 10 })
    .handle(({ input, ctx }) => {
      if (ctx.attempt === 1) {
        throw new Error("again");
      }
      sent.push(input.orderId);
      done.open();
    });
  await database.exec("CREATE TABLE orders (id int PRIMARY KEY)");
  const app = createApp({});
  const shared = pgBossJobs({ database, pollInterval: 50 });
  const { value: jobs } = await app.resolve(queueOn(shared));
  // Before there is any worker, so that the first transaction makes the queue.
  const rolledBack = database.transaction(async (transaction) => {
    await placeOrder(transaction, jobs, receipt, 1);
    throw new Error("no stock");
  });
  await expect(rolledBack).rejects.toThrow("no stock");
  await database.transaction((transaction) => placeOrder(transaction, jobs, receipt, 2));
  await app.stop();
  const worker = await running(pgBossJobs({ database, pollInterval: 50 }), [receipt]);
  await done.opened;
  await worker.stop();
  expect(sent).toEqual([2]);
  expect((await database.query("SELECT id FROM orders")).rows).toEqual([{ id: 2 }]);
  await database.close();
});
