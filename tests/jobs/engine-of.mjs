import { bullMqJobs } from "@tenon/server/jobs/bullmq";
import { pgBossJobs } from "@tenon/server/jobs/pg-boss";
import { createClient } from "redis";

/** An engine that notices dead workers soon. */
export async function engineOf(kind, url) {
  if (kind === "pg-boss") {
    const engine = pgBossJobs({ url, pollInterval: 100, maintenanceInterval: 1 });
    return { engine, close: async () => {} };
  }
  const connection = createClient({ url });
  await connection.connect();
  const engine = bullMqJobs({ connection, lockDuration: 1000, stalledInterval: 500 });
  return { engine, close: () => connection.close() };
}
