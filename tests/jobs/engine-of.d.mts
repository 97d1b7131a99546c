import type { JobEngine } from "@tenon/server/jobs";

export declare function engineOf(
  kind: "pg-boss" | "bullmq",
  url: string,
): Promise<{ engine: JobEngine; close: () => Promise<unknown> }>;
