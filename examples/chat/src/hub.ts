import { dependency, topic } from "@tenon/core";
import { memoryHub, openHub, postgresHub } from "@tenon/server/hub";
import pg from "pg";
import { z } from "zod";
import { config } from "./database.ts";

// #region hub
/** Something was said; the number says what, since a message may be longer than a notification. */
export const said = topic("said", { id: z.int() });

/** Somebody came or went. */
export const moved = topic("moved", {});

/** Carries both between processes: by PostgreSQL where there is a server, within this process otherwise. */
export const hub = dependency
  .use({ config })
  .scope("app")
  .resolve(({ config: { databaseUrl } }) =>
    openHub(
      databaseUrl === undefined
        ? memoryHub()
        : postgresHub({ client: () => new pg.Client({ connectionString: databaseUrl }) }),
    ),
  );
// #endregion
