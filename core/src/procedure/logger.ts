/** What an application writes its log with: `pino()` is one, and so is whatever has these. */
export interface Logger {
  debug(entry: object, message?: string): void;
  debug(message: string): void;
  info(entry: object, message?: string): void;
  info(message: string): void;
  warn(entry: object, message?: string): void;
  warn(message: string): void;
  error(entry: object, message?: string): void;
  error(message: string): void;
  /** The same log, with these fields in every line. */
  child(fields: object): Logger;
}
