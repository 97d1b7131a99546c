/** `@tenon/server/jobs/pg-boss`: jobs in PostgreSQL. */
export { pgBossJobs, type PgBossOptions, type SqlDatabase, type SqlRunner } from "./job/pg-boss-jobs.ts";
