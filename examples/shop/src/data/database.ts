import { dependency } from "@tenon/core";
import { config } from "../config.ts";
import { openPglite, openServer, type Database } from "./open-database.ts";
import { stock } from "./sample.ts";

// #region database
/** A connection to the database, from start to stop. */
export const connection = dependency
  .use({ config })
  .scope("app")
  .resolve(async function* ({ config }) {
    const opened = await (config.databaseUrl === undefined
      ? openPglite(config.databaseFolder)
      : openServer(config.databaseUrl));
    try {
      await stock(opened.database);
      yield opened;
    } finally {
      await opened.close();
    }
  });

/** The database. */
export const database = dependency
  .use({ connection })
  .scope("app")
  .resolve(({ connection }) => connection.database);
// #endregion

// #region transaction
/** A transaction around the handler: kept when the reply is made, undone by whatever fails before. */
export const transaction = dependency.use({ database }).resolve(async function* ({ database }) {
  const { opened, commit, rollBack } = beginTransaction(database);
  try {
    yield await opened;
  } catch (error) {
    await rollBack();
    throw error;
  }
  await commit();
});
// #endregion

interface Begun {
  readonly opened: Promise<Database>;
  readonly commit: () => Promise<void>;
  readonly rollBack: () => Promise<void>;
}

/** Drizzle runs a callback within a transaction; here the callback waits until it is told how to end. */
function beginTransaction(database: Database): Begun {
  const undone = new Error("the transaction was undone");
  let keep: () => void = () => {};
  let undo: (error: Error) => void = () => {};
  const told = new Promise<void>((resolve, reject) => {
    keep = resolve;
    undo = reject;
  });
  let ended: Promise<void> = Promise.resolve();
  const opened = new Promise<Database>((resolve, reject) => {
    ended = database.transaction((transaction) => {
      resolve(transaction);
      return told;
    });
    ended.catch(reject);
  });
  return {
    opened,
    commit: () => {
      keep();
      return ended;
    },
    rollBack: () => {
      undo(undone);
      return ended.catch((error: unknown) => {
        if (error !== undone) {
          throw error;
        }
      });
    },
  };
}
