/** `@tenon/server/jobs/bullmq`: jobs in Redis. */
export { bullMqJobs, type BullMqOptions } from "./job/bullmq-jobs.ts";
