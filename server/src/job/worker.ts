import { type AnyJob, DefinitionError, type Dependency, type JobDefinition, readJob } from "@tenon/core";
import type { Background, BackgroundHost, RunningBackground } from "../background.ts";
import { checkSchedule } from "./cron.ts";
import type { EngineWorker, JobEngine, Verdict } from "./engine.ts";
import { encodePayload } from "./payload.ts";
import { type JobQueue, settingsOf } from "./queue.ts";
import { compileRun } from "./run-job.ts";

/** What a worker does. */
export interface WorkerOptions {
  /** The dependency that gives the queue. */
  // oxlint-disable-next-line typescript/no-explicit-any -- whatever its transactions are
  queue: Dependency<JobQueue<any>, "app", never, any, any>;
  /** The jobs that it runs. */
  jobs: readonly AnyJob[];
}

/**
 * A worker of jobs, as part of an application or, by `work`, as a process of its own. It is a definition: nothing runs yet.
 *
 *     createApp(routes, { background: [createWorker({ queue, jobs: [sendReceipt] })] })
 */
export function createWorker({ queue, jobs }: WorkerOptions): Background {
  const definitions = jobs.map(readJob);
  const names = new Set<string>();
  for (const definition of definitions) {
    if (names.has(definition.name)) {
      throw new DefinitionError(
        "DUPLICATE_JOB",
        `two jobs are called '${definition.name}', and would take each other's work: rename one`,
      );
    }
    names.add(definition.name);
    checkSchedule(definition);
  }
  return {
    start: async (host) => {
      for (const { name, uses } of definitions) {
        await host.open(uses, `job ${name}`);
      }
      const { value } = await host.resolve(queue, new AbortController().signal);
      return startWorker(definitions, value.engine, host);
    },
  };
}

async function startWorker(
  definitions: readonly JobDefinition[],
  engine: JobEngine<unknown>,
  host: BackgroundHost,
): Promise<RunningBackground> {
  const runs = new Set<AbortController>();
  const workers: EngineWorker[] = [];
  const started: RunningBackground = {
    pause: () => workers.forEach((each) => each.pause()),
    settled: async () => void (await Promise.all(workers.map((each) => each.settled()))),
    stop: ({ grace }) => stopWorkers(workers, runs, grace, host),
  };
  try {
    for (const definition of definitions) {
      const run = compileRun(definition, host);
      await startSchedule(definition, engine);
      const worker = await engine.work(
        settingsOf(definition),
        async (delivery): Promise<Verdict> => {
          const controller = new AbortController();
          runs.add(controller);
          try {
            return await run(delivery, controller);
          } finally {
            runs.delete(controller);
          }
        },
        (error) => host.report(error, `job ${definition.name}`),
      );
      workers.push(worker);
    }
  } catch (error) {
    await started.stop({ grace: 0 });
    throw error;
  }
  return started;
}

async function startSchedule(definition: JobDefinition, engine: JobEngine<unknown>): Promise<void> {
  const { name, schedule, priority } = definition;
  const payload =
    schedule &&
    (await encodePayload(definition, schedule.input).catch((error: Error) => {
      throw new DefinitionError(
        "BAD_SCHEDULE",
        `the schedule of the job '${name}' has an input that the job does not take (${error.message}): write .schedule("…", { input })`,
      );
    }));
  await engine.schedule(
    settingsOf(definition),
    schedule && { cron: schedule.cron, timeZone: schedule.timeZone, payload, priority },
  );
}

/** What runs may end by itself within the grace time; then its signal is aborted, and it gets a moment to end. */
async function stopWorkers(
  workers: readonly EngineWorker[],
  runs: ReadonlySet<AbortController>,
  grace: number,
  host: BackgroundHost,
): Promise<void> {
  const ended = Promise.allSettled(workers.map(async (each) => each.stop()));
  const timer = setTimeout(() => {
    workers.forEach((each) => each.halt());
    const reason = new DOMException(`the worker stops, and did not wait beyond ${grace} ms`, "AbortError");
    runs.forEach((each) => each.abort(reason));
  }, grace);
  const results = await ended;
  clearTimeout(timer);
  for (const result of results) {
    if (result.status === "rejected") {
      host.report(result.reason, "jobs");
    } else if (result.value > 0) {
      host.report(new Error(`${result.value} jobs were kept in memory only, and are lost`), "jobs");
    }
  }
}
