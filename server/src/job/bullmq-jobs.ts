import { randomUUID } from "node:crypto";
import {
  type ConnectionOptions,
  createNodeRedisClient,
  type Job,
  Queue,
  UnrecoverableError,
  Worker,
} from "bullmq";
import type {
  DeadLetter,
  Delivery,
  EngineWorker,
  JobEngine,
  JobFailure,
  QueueSettings,
  Verdict,
} from "./engine.ts";
import { storedInput } from "./payload.ts";

/** Where jobs are kept. */
export interface BullMqOptions {
  /** A client of `redis` or `ioredis`, connected: it stays yours to close. Workers make connections of their own by it. */
  connection: ConnectionOptions;
  /** Begins the names of all keys; `bull` by default. */
  prefix?: string;
  /** Milliseconds after which a worker that says nothing counts as dead; 30 s by default. */
  lockDuration?: number;
  /** Milliseconds between two looks for runs whose worker has died; 30 s by default. */
  stalledInterval?: number;
}

/** Dead letters that are kept of one job, and for how many seconds. */
const DEAD = { count: 10_000, age: 30 * 86_400 };
const BACKOFF = "tenon";
// The verdict decides, not a number.
const ATTEMPTS = Number.MAX_SAFE_INTEGER;

/** A failure that another run may cure. */
class RunAgain extends Error {
  override readonly name = "RunAgain";
  readonly delay: number;

  constructor(failure: JobFailure, delay: number) {
    super(JSON.stringify(failure));
    this.delay = delay;
  }
}

/**
 * Keeps jobs in Redis, by BullMQ. A worker that dies is noticed when its lock has run out; its job runs again, which counts as an
 * attempt.
 */
export function bullMqJobs(options: BullMqOptions): JobEngine {
  const { prefix = "bull", lockDuration = 30_000, stalledInterval = 30_000 } = options;
  const connection = adapted(options.connection);
  const queues = new Map<string, Queue>();
  let report: (error: unknown) => void = (error) => console.error("BullMQ:", error);

  const queueOf = ({ name }: QueueSettings): Queue => {
    let queue = queues.get(name);
    if (queue === undefined) {
      queue = new Queue(name, { connection, prefix });
      queue.on("error", (error) => report(error));
      queues.set(name, queue);
    }
    return queue;
  };

  return {
    open: async () => {},
    add: async (settings, { payload, runAt, key, priority }) => {
      const jobId = randomUUID();
      const job = await queueOf(settings).add(settings.name, payload, {
        ...optionsOf(priority),
        jobId,
        ...(runAt === undefined ? {} : { delay: Math.max(0, runAt.getTime() - Date.now()) }),
        ...(key === undefined ? {} : { deduplication: { id: key } }),
      });
      return job.id === jobId ? jobId : undefined;
    },
    work: async (settings, run, onError) => {
      report = onError;
      const active = new Set<Promise<void>>();
      const worker = new Worker(
        settings.name,
        (job: Job) => {
          const running = runOnce(job, run).finally(() => active.delete(running));
          active.add(running);
          return running;
        },
        {
          connection,
          prefix,
          lockDuration,
          stalledInterval,
          concurrency: settings.concurrency,
          maxStalledCount: settings.retries,
          settings: {
            backoffStrategy: (_attempts, _type, error) =>
              (error as Partial<RunAgain> | undefined)?.delay ?? 0,
          },
        },
      );
      worker.on("error", onError);
      await worker.waitUntilReady();
      return new BullMqWorker(worker, active);
    },
    schedule: async (settings, schedule) => {
      const queue = queueOf(settings);
      if (schedule === undefined) {
        await queue.removeJobScheduler(settings.name);
        return;
      }
      const { cron: pattern, timeZone: tz, payload, priority } = schedule;
      await queue.upsertJobScheduler(
        settings.name,
        { pattern, tz },
        { name: settings.name, data: payload, opts: optionsOf(priority) },
      );
    },
    dead: async (settings, limit) => (await queueOf(settings).getFailed(0, limit - 1)).map(toDeadLetter),
    revive: async (settings, id) => {
      const job = (await queueOf(settings).getJob(id)) as Job | undefined;
      if (job === undefined || !(await job.isFailed())) {
        return false;
      }
      await job.retry("failed");
      return true;
    },
    close: async () => {
      await Promise.all([...queues.values()].map(async (queue) => queue.close()));
      queues.clear();
    },
  };
}

const adapters = new WeakMap<object, ConnectionOptions>();

/** One adapter for each client of `redis`: BullMQ would make one for each queue, all of them listening to the client for ever. */
function adapted(connection: ConnectionOptions): ConnectionOptions {
  if (!("hGetAll" in connection) || !("isReady" in connection)) {
    return connection;
  }
  const adapter = adapters.get(connection) ?? createNodeRedisClient(connection);
  adapters.set(connection, adapter);
  return adapter;
}

function optionsOf(priority: number) {
  return {
    // BullMQ's smaller numbers go first, and none at all before every number.
    priority: 1001 - priority,
    attempts: ATTEMPTS,
    backoff: { type: BACKOFF },
    removeOnComplete: true,
    removeOnFail: DEAD,
  };
}

/** BullMQ hears of the verdict by what is thrown. */
async function runOnce(job: Job, run: (delivery: Delivery) => Promise<Verdict>): Promise<void> {
  // The one that waits for its first run is no longer this one.
  await job.removeDeduplicationKey();
  const verdict = await run({
    id: job.id as string,
    attempt: job.attemptsStarted,
    payload: job.data,
    enqueuedAt: new Date(job.timestamp),
  });
  if (verdict.kind === "dead") {
    throw new UnrecoverableError(JSON.stringify(verdict.failure));
  }
  if (verdict.kind === "retry") {
    throw new RunAgain(verdict.failure, verdict.delay);
  }
}

class BullMqWorker implements EngineWorker {
  readonly #worker: Worker;
  readonly #active: ReadonlySet<Promise<void>>;

  constructor(worker: Worker, active: ReadonlySet<Promise<void>>) {
    this.#worker = worker;
    this.#active = active;
  }

  pause(): void {
    void this.#worker.pause(true);
  }

  halt(): void {
    this.pause();
  }

  async stop(): Promise<number> {
    await this.#worker.close();
    return 0;
  }

  async settled(): Promise<void> {
    while (this.#active.size > 0) {
      await Promise.allSettled(this.#active);
    }
  }
}

function toDeadLetter(job: Job): DeadLetter {
  return {
    id: job.id as string,
    input: storedInput(job.data),
    failure: failureOf(job.failedReason),
    attempts: job.attemptsStarted,
    enqueuedAt: new Date(job.timestamp),
    failedAt: new Date(job.finishedOn ?? job.timestamp),
  };
}

/** What BullMQ itself writes is that a job has stalled too often. */
function failureOf(reason: string): JobFailure {
  try {
    return JSON.parse(reason) as JobFailure;
  } catch {
    return { name: "WorkerLost", message: `the worker died in the middle of the last run (${reason})` };
  }
}
