import PgBoss from "pg-boss";
import type { DeadLetter, JobEngine, JobFailure, NewJob, QueueSettings, Verdict } from "./engine.ts";
import { storedInput } from "./payload.ts";
import { PgBossWorker, type TakenJob } from "./pg-boss-worker.ts";

/** What runs SQL: a client, a pool or a transaction of `pg`, a database or a transaction of PGlite. */
export interface SqlRunner {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/** A database of yours. PGlite runs several statements by `exec` only. */
export interface SqlDatabase extends SqlRunner {
  exec?(text: string): Promise<{ rows: unknown[] }[]>;
}

/** Where jobs are kept, and how often it is looked at. */
export interface PgBossOptions {
  /** The address of a PostgreSQL server: `postgres://…`. The engine opens, and closes, connections of its own. */
  url?: string;
  /** In its place, a pool of `pg` or a PGlite database, which stays yours to close. */
  database?: SqlDatabase;
  /** The schema of its tables, which are made where they are missing; `pgboss` by default. */
  schema?: string;
  /** Milliseconds between two looks for jobs, for each job that a worker runs; 1 s by default. */
  pollInterval?: number;
  /** Seconds between two looks for runs whose worker has died; 30 by default. */
  maintenanceInterval?: number;
}

/** Seconds that a run is waited for beyond its time limit, before its worker counts as dead. */
const MARGIN = 4;
/** Days for which dead letters are kept. */
const DEAD_DAYS = 30;

/**
 * Keeps jobs in PostgreSQL, by pg-boss. A worker that dies is noticed when the job's time limit has passed; its job runs again, which
 * counts as an attempt.
 */
export function pgBossJobs(options: PgBossOptions): JobEngine<SqlRunner> {
  const { url, database, schema = "pgboss", pollInterval = 1000, maintenanceInterval = 30 } = options;
  if ((url === undefined) === (database === undefined)) {
    throw new TypeError(
      "pgBossJobs takes a url or a database: pgBossJobs({ url: process.env.DATABASE_URL })",
    );
  }
  const boss = new PgBoss({
    schema,
    ...(database === undefined
      ? { connectionString: url as string }
      : { db: { executeSql: executorOf(database) } }),
    maintenanceIntervalSeconds: maintenanceInterval,
    archiveFailedAfterSeconds: DEAD_DAYS * 86_400,
    cronWorkerIntervalSeconds: 1,
  });
  const table = `${schema}.job`;
  const made = new Map<string, Promise<void>>();
  const workers = new Map<string, PgBossWorker>();
  let report: (error: unknown) => void = (error) => console.error("pg-boss:", error);
  boss.on("error", (error) => report(error));

  const sql = async <Row>(text: string, values: unknown[]): Promise<Row[]> =>
    (await boss.getDb().executeSql(text, values)).rows as Row[];

  /** The queue, made or brought up to date once for each process. */
  const ensure = (settings: QueueSettings): Promise<void> => {
    const known = made.get(settings.name);
    if (known !== undefined) {
      return known;
    }
    const making = (async (): Promise<void> => {
      const queue = queueOf(settings);
      await boss.createQueue(settings.name, queue);
      await boss.updateQueue(settings.name, queue);
    })();
    made.set(settings.name, making);
    making.catch(() => made.delete(settings.name));
    return making;
  };

  const add = async (settings: QueueSettings, job: NewJob<SqlRunner>): Promise<string | undefined> => {
    const { payload, runAt, key, priority, transaction } = job;
    if (transaction !== undefined && database?.exec !== undefined && !made.has(settings.name)) {
      // A PGlite database has one connection, which the transaction holds: nothing else can be asked of it now.
      await transaction.query(`SELECT ${schema}.create_queue($1, $2)`, [
        settings.name,
        JSON.stringify(queueOf(settings)),
      ]);
    } else {
      await ensure(settings);
    }
    const id = await boss.send(settings.name, payload as object, {
      priority,
      // Of its own where there is none: one without a key would be taken for another one without a key.
      singletonKey: key === undefined ? crypto.randomUUID() : `key:${key}`,
      ...(runAt === undefined ? {} : { startAfter: runAt }),
      ...(transaction === undefined ? {} : { db: { executeSql: executorOf(transaction) } }),
    });
    if (transaction === undefined && runAt === undefined) {
      workers.get(settings.name)?.wake();
    }
    return id ?? undefined;
  };

  // A run that was given up for dead, and has been taken by another worker since, has nothing to say any more.
  const settle = async (name: string, { id, retryCount }: TakenJob, verdict: Verdict): Promise<void> => {
    const mine = `WHERE name = $1 AND id = $2 AND state = 'active' AND retry_count = $3`;
    const values = [name, id, retryCount];
    if (verdict.kind === "done") {
      await sql(`UPDATE ${table} SET state = 'completed', completed_on = now() ${mine}`, values);
    } else if (verdict.kind === "dead") {
      await sql(`UPDATE ${table} SET state = 'failed', completed_on = now(), output = $4::jsonb ${mine}`, [
        ...values,
        JSON.stringify(verdict.failure),
      ]);
    } else {
      await sql(
        `UPDATE ${table} SET state = 'retry', start_after = now() + $5::int * interval '1 ms', output = $4::jsonb ${mine}`,
        [...values, JSON.stringify(verdict.failure), verdict.delay],
      );
    }
  };

  return {
    open: async () => {
      await boss.start();
    },
    add,
    work: async (settings, run, onError) => {
      report = onError;
      await ensure(settings);
      const worker = new PgBossWorker({
        concurrency: settings.concurrency,
        pollInterval,
        take: (batchSize) => boss.fetch(settings.name, { batchSize, includeMetadata: true, priority: true }),
        run: async (job) => {
          const { id, data: payload, createdOn: enqueuedAt, retryCount } = job;
          const verdict = await run({ id, payload, enqueuedAt, attempt: retryCount + 1 });
          await settle(settings.name, job, verdict);
        },
        report: onError,
      });
      workers.set(settings.name, worker);
      worker.start();
      return worker;
    },
    schedule: async (settings, schedule) => {
      if (schedule === undefined) {
        await boss.unschedule(settings.name);
        return;
      }
      await ensure(settings);
      const { cron, timeZone: tz, payload, priority } = schedule;
      await boss.schedule(settings.name, cron, payload as object, { tz, priority });
    },
    dead: async (settings, limit) => {
      const rows = await sql<DeadRow>(
        `SELECT id, data, output, retry_count, created_on, completed_on FROM ${table} WHERE name = $1 AND state = 'failed' ORDER BY completed_on DESC LIMIT $2`,
        [settings.name, limit],
      );
      return rows.map(toDeadLetter);
    },
    revive: async (settings, id) => {
      // Compared as text: what is no id of theirs is the id of none.
      const rows = await sql(
        `UPDATE ${table} SET state = 'retry', start_after = now(), completed_on = NULL, retry_limit = retry_limit + 1 WHERE name = $1 AND id::text = $2 AND state = 'failed' RETURNING id`,
        [settings.name, id],
      );
      workers.get(settings.name)?.wake();
      return rows.length > 0;
    },
    close: () => boss.stop({ graceful: false, wait: true }),
  };
}

function executorOf(runner: SqlDatabase): (text: string, values?: unknown[]) => Promise<{ rows: unknown[] }> {
  return async (text, values) => {
    if (values === undefined && runner.exec !== undefined) {
      return (await runner.exec(text)).at(-1) ?? { rows: [] };
    }
    return runner.query(text, values);
  };
}

function queueOf({ name, retries, timeout }: QueueSettings): PgBoss.Queue {
  return {
    name,
    // One waiting job for each key; those at work do not count.
    policy: "short",
    // For workers that died: everything else is decided by the verdict.
    retryLimit: retries,
    retryDelay: 0,
    retryBackoff: false,
    expireInSeconds: Math.ceil(timeout / 1000) + MARGIN,
  };
}

interface DeadRow {
  readonly id: string;
  readonly data: unknown;
  readonly output: Partial<JobFailure> | null;
  readonly retry_count: number;
  readonly created_on: Date;
  readonly completed_on: Date;
}

function toDeadLetter({ id, data, output, retry_count, created_on, completed_on }: DeadRow): DeadLetter {
  const failure = output?.name === undefined ? WORKER_LOST : (output as JobFailure);
  return {
    id,
    input: storedInput(data),
    failure,
    attempts: retry_count + 1,
    enqueuedAt: created_on,
    failedAt: completed_on,
  };
}

/** What pg-boss itself writes is that the time has passed. */
const WORKER_LOST: JobFailure = {
  name: "WorkerLost",
  message: "the worker died in the middle of the last run, or could not reach the database after it",
};
