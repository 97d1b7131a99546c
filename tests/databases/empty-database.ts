import { randomBytes } from "node:crypto";
import pg from "pg";

/** The server to test on besides PGlite; the test suite starts one and names it here. */
export const TEST_SERVER: string | undefined = process.env["TEST_DATABASE_URL"];

/** Makes an empty database on the server; `remove` drops it again. */
export async function createEmptyDatabase(
  server: string,
): Promise<{ url: string; remove: () => Promise<void> }> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  await execute(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = name;
  return { url: url.href, remove: () => execute(server, `drop database ${name} with (force)`) };
}

async function execute(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
