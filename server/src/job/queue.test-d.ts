import { dependency, job, procedure } from "@tenon/core";
import { expectTypeOf } from "vitest";
import { z } from "zod";
import { createApp } from "../index.ts";
import { createWorker, type JobQueue, memoryJobs, openQueue } from "../jobs.ts";
import { pgBossJobs, type SqlRunner } from "../jobs-pg-boss.ts";

declare const url: string | undefined;
declare const transaction: SqlRunner;
const send = job("send")
  .input({ id: z.int(), at: z.date().optional() })
  .handle(() => {});
const sweep = job("sweep").handle(() => {});
const inMemory = dependency.scope("app").resolve(() => openQueue(memoryJobs()));

// One engine or the other, as the environment says, has the transactions of the one that has any.
const queue = dependency
  .scope("app")
  .resolve(() => openQueue(url === undefined ? memoryJobs() : pgBossJobs({ url })));
expectTypeOf(queue["~value"]).toEqualTypeOf<JobQueue<SqlRunner>>();
const create = procedure
  .use({ queue })
  .output(z.void())
  .mutation(async ({ queue: jobs }) => {
    await jobs.enqueue(send, { id: 1 }, { within: transaction, delay: 5 });
    await jobs.enqueue(sweep);
    // @ts-expect-error -- the job has an input
    await jobs.enqueue(send);
    // @ts-expect-error -- a key that it does not have
    await jobs.enqueue(send, { id: 1, to: "ann" });
  });

// What has no transactions stands in for what has them, not the other way round.
const app = createApp({ things: { create } }, { background: [createWorker({ queue, jobs: [send, sweep] })] });
app.override(queue, inMemory);
declare const memory: JobQueue;
// @ts-expect-error -- there is nothing to be within
void memory.enqueue(send, { id: 1 }, { within: transaction });
