import type { Logger } from "@tenon/core";

type Level = "debug" | "info" | "warn" | "error";

/** Writes each line of the log as JSON to the console: what applications log with that name no logger. */
export function consoleLogger(fields: object = {}): Logger {
  const at =
    (level: Level) =>
    (entry: object | string, message?: string): void => {
      const said =
        typeof entry === "string"
          ? { msg: entry }
          : message === undefined
            ? entry
            : { ...entry, msg: message };
      // oxlint-disable-next-line no-console -- the console is what it is for
      console[level](lineOf({ level, time: new Date().toISOString(), ...fields, ...said }));
    };
  return {
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    child: (more) => consoleLogger({ ...fields, ...more }),
  };
}

/** One line, whatever is in it: line ends are escaped, and what JSON cannot hold is named. */
function lineOf(entry: object): string {
  try {
    return JSON.stringify(entry, (_key, value: unknown) =>
      value instanceof Error
        ? {
            type: value.name,
            message: value.message,
            stack: value.stack,
            ...(value.cause === undefined ? {} : { cause: value.cause }),
          }
        : typeof value === "bigint"
          ? String(value)
          : value,
    );
  } catch (error) {
    return JSON.stringify({ ...entryOf(entry), unwritable: (error as Error).message });
  }
}

/** What of an entry can be written without looking into it. */
function entryOf(entry: object): object {
  return Object.fromEntries(
    Object.entries(entry).filter(([, value]) => ["string", "number", "boolean"].includes(typeof value)),
  );
}
