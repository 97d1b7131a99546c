import { dependency } from "@tenon/core";
import { openDatabase } from "../data/database.ts";
import { seed } from "../data/seed/seed.ts";

/** The database, opened when the app starts and closed when it stops. Filled with sample data where it is empty. */
export const database = dependency.scope("app").resolve(async function* () {
  const { DATABASE_URL, PGLITE_DIRECTORY } = process.env;
  const { database, close } = await openDatabase({
    url: DATABASE_URL || undefined,
    directory: PGLITE_DIRECTORY || undefined,
  });
  try {
    await seed(database);
    yield database;
  } finally {
    await close();
  }
});
