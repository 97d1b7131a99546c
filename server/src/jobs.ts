/** `@tenon/server/jobs`: jobs in memory, workers, and what other engines are made of. */
export type {
  DeadLetter,
  Delivery,
  EngineSchedule,
  EngineWorker,
  JobEngine,
  JobFailure,
  NewJob,
  QueueSettings,
  Verdict,
} from "./job/engine.ts";
export { JobError } from "./job/job-error.ts";
export { memoryJobs } from "./job/memory-jobs.ts";
export { type EnqueueOptions, type JobQueue, openQueue } from "./job/queue.ts";
export { type RunningWork, work, type WorkOptions } from "./job/work.ts";
export { createWorker, type WorkerOptions } from "./job/worker.ts";
