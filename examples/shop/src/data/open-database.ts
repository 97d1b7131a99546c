import { fileURLToPath } from "node:url";
import { PGlite } from "@electric-sql/pglite";
import { sql } from "drizzle-orm";
import { drizzle as overNetwork } from "drizzle-orm/node-postgres";
import { migrate as migrateServer } from "drizzle-orm/node-postgres/migrator";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { drizzle as inProcess } from "drizzle-orm/pglite";
import { migrate as migratePglite } from "drizzle-orm/pglite/migrator";
import type { SqlDatabase, SqlRunner } from "@tenon/server/jobs/pg-boss";
import pg from "pg";

/** The database, or a transaction in it. */
export type Database = PgDatabase<PgQueryResultHKT>;

/** An open database with its tables, and what closes it. */
export interface OpenDatabase {
  readonly database: Database;
  /** What runs plain SQL beside it. */
  readonly plain: SqlDatabase;
  close(): Promise<void>;
}

// Reached from `src/data` and from `dist/data` alike.
const TABLES = { migrationsFolder: fileURLToPath(new URL("../../migrations", import.meta.url)) };

/** Opens a PostgreSQL in this process, whose data are in a folder, or gone with the process. */
export async function openPglite(folder: string | undefined): Promise<OpenDatabase> {
  const engine = await PGlite.create(folder);
  const database = inProcess(engine);
  await migratePglite(database, TABLES);
  return { database, plain: engine, close: () => engine.close() };
}

/** Opens connections to a PostgreSQL server. Several processes of the shop may do so at once. */
export async function openServer(url: string): Promise<OpenDatabase> {
  const pool = new pg.Pool({ connectionString: url });
  // A broken idle connection is replaced by the pool; as an unheard event it would end the process.
  pool.on("error", () => {});
  const only = await pool.connect();
  try {
    const migrating = overNetwork(only);
    // The first to start migrates, the others wait; the lock ends with the connection.
    await migrating.execute(sql`select pg_advisory_lock(hashtext('shop'))`);
    await migrateServer(migrating, TABLES);
  } catch (error) {
    only.release(true);
    await pool.end();
    throw error;
  }
  only.release(true);
  return { database: overNetwork(pool), plain: pool, close: () => pool.end() };
}

/** A transaction for others who speak plain SQL. */
export function plainly(transaction: Database): SqlRunner {
  return {
    query: async (text, values = []) => {
      const parts = text
        .split(/\$(\d+)/)
        .map((part, index) => (index % 2 === 0 ? sql.raw(part) : sql`${values[Number(part) - 1] ?? null}`));
      const answer: unknown = await transaction.execute(sql.join(parts));
      return answer as { rows: unknown[] };
    },
  };
}
