/** The address of a server that the suite runs with. */
export function addressOf(kind: "pg-boss" | "bullmq"): string {
  const variable = kind === "pg-boss" ? "TEST_DATABASE_URL" : "TEST_REDIS_URL";
  const url = process.env[variable];
  if (url === undefined) {
    throw new Error(
      `${variable} is not set: run 'node scripts/postgres.mjs -- node scripts/redis.mjs -- vitest run tests/jobs'.`,
    );
  }
  return url;
}
