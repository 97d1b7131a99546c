import { PGlite } from "@electric-sql/pglite";
import { dependency } from "@tenon/core";
import { settings } from "@tenon/server/settings";
import pg from "pg";
import { z } from "zod";

/** What runs SQL: a pool of connections to a PostgreSQL server, or a PostgreSQL in this process. */
export interface Database {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/** Where the chat keeps what was said. */
export const config = dependency.scope("app").resolve(() =>
  settings(
    {
      /** A PostgreSQL server, which several processes share; without one everything is in this process. */
      databaseUrl: z
        .url({ protocol: /^postgres(ql)?$/ })
        .meta({ secret: true })
        .optional(),
    },
    { prefix: "CHAT_" },
  ),
);

const TABLES = [
  `create table if not exists messages (
    id bigint generated always as identity primary key,
    room text not null,
    author text not null,
    text text not null,
    said_at timestamptz not null default now()
  )`,
  "create index if not exists messages_room on messages (room, id desc)",
  `create table if not exists presence (
    visit text primary key,
    room text not null,
    name text not null,
    seen_at timestamptz not null default now()
  )`,
];

/** The database, with its tables, from start to stop. */
export const database = dependency
  .use({ config })
  .scope("app")
  .resolve(async function* ({ config }): AsyncGenerator<Database> {
    const { database, close } =
      config.databaseUrl === undefined ? await openHere() : openServer(config.databaseUrl);
    try {
      // Two processes that start at once would both find that there are no tables.
      await database.query("select pg_advisory_lock(4711)");
      for (const statement of TABLES) {
        await database.query(statement);
      }
      await database.query("select pg_advisory_unlock(4711)");
      yield database;
    } finally {
      await close();
    }
  });

interface Opened {
  readonly database: Database;
  readonly close: () => Promise<void>;
}

async function openHere(): Promise<Opened> {
  const engine = await PGlite.create();
  return {
    database: { query: (text, values) => engine.query(text, values) },
    close: () => engine.close(),
  };
}

function openServer(connectionString: string): Opened {
  // One connection: the lock above belongs to it, and a chat asks little.
  const pool = new pg.Pool({ connectionString, max: 1 });
  pool.on("error", () => {});
  return {
    database: { query: (text, values) => pool.query(text, values) },
    close: () => pool.end(),
  };
}
