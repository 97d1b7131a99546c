import { fileURLToPath } from "node:url";
import { PGlite } from "@electric-sql/pglite";
import { drizzle as drizzleNode } from "drizzle-orm/node-postgres";
import { migrate as migrateNode } from "drizzle-orm/node-postgres/migrator";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import { migrate as migratePglite } from "drizzle-orm/pglite/migrator";
import pg from "pg";

/** A database or a transaction in it, whichever driver is below. */
export type Database = PgDatabase<PgQueryResultHKT>;

/** An open, migrated database, and the way to close it. */
export interface DatabaseHandle {
  readonly database: Database;
  readonly close: () => Promise<void>;
}

/** Where the data live: a PostgreSQL server (`url`), a folder (`directory`), or, with neither, this process. */
export interface DatabaseOptions {
  readonly url?: string | undefined;
  readonly directory?: string | undefined;
}

/** Opens the database and brings its tables up to date. */
export async function openDatabase(options: DatabaseOptions = {}): Promise<DatabaseHandle> {
  return options.url === undefined ? openEmbedded(options.directory) : openServer(options.url);
}

// The same folder from `src/data` and from `dist/data`.
const migrationsFolder = fileURLToPath(new URL("../../migrations", import.meta.url));

// Any number will do, as long as nothing else in the same database takes the same lock.
const MIGRATION_LOCK = 7_270_115;

async function openEmbedded(directory: string | undefined): Promise<DatabaseHandle> {
  const client = await PGlite.create(directory === undefined ? {} : { dataDir: directory });
  try {
    const database = drizzlePglite(client);
    await migratePglite(database, { migrationsFolder });
    return { database, close: () => client.close() };
  } catch (error) {
    await client.close();
    throw error;
  }
}

async function openServer(url: string): Promise<DatabaseHandle> {
  const pool = new pg.Pool({ connectionString: url });
  // The pool replaces a connection that broke while idle; without a listener the event would end the process.
  pool.on("error", () => {});
  try {
    await migrateServer(pool);
    return { database: drizzleNode(pool), close: () => pool.end() };
  } catch (error) {
    await pool.end();
    throw error;
  }
}

/** Migrates on one connection that holds a lock, since several processes may start at once. */
async function migrateServer(pool: pg.Pool): Promise<void> {
  const connection = await pool.connect();
  try {
    await connection.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await migrateNode(drizzleNode(connection), { migrationsFolder });
    await connection.query("select pg_advisory_unlock($1)", [MIGRATION_LOCK]);
    connection.release();
  } catch (error) {
    // Ending the connection gives up its lock too.
    connection.release(true);
    throw error;
  }
}
