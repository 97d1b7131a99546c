/**
 * Where the bytes of an upload go once they are too many for memory. `diskSpool` of `@tenon/server/node` is the usual one;
 * a host without a file system has none, and keeps uploads in memory within `limits.upload.memoryOnly`.
 */
export interface Spool {
  /** Room for one file; undefined where there turns out to be no file system. */
  open(): Promise<SpooledFile | undefined>;
  /** Gives up what is left, when the application stops. */
  close(): Promise<void>;
}

/** A file that is written in order, then read any number of times until it is removed. */
export interface SpooledFile {
  write(chunk: Uint8Array): Promise<void>;
  /** Ends the writing; the bytes are read from where they are. */
  finish(): Promise<Blob>;
  saveTo(path: string | URL): Promise<void>;
  /** Also while it is being written, and more than once. */
  remove(): Promise<void>;
}
