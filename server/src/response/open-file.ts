import type { FileHandle } from "node:fs/promises";
import type { FileDownload } from "@tenon/core";

/** A file that was opened for one reply. */
export interface OpenFile {
  readonly handle: FileHandle;
  readonly size: number;
  readonly lastModified: Date;
  /** By size and the time of its last change, in nanoseconds. */
  readonly etag: string;
}

/** Opens a file. Throws what the system says, or a sentence where it is no file or lies outside its root. */
export async function openFile({ path, root }: FileDownload): Promise<OpenFile> {
  // Loaded with the first file: not every run time has a file system.
  const { open } = await import("node:fs/promises");
  const handle = await open(root === undefined ? path : await within(root, path), "r");
  try {
    const facts = await handle.stat({ bigint: true });
    if (!facts.isFile()) {
      throw new Error(`'${path}' is no file`);
    }
    const etag = `"${facts.size.toString(16)}-${facts.mtimeNs.toString(16)}"`;
    return { handle, size: Number(facts.size), lastModified: facts.mtime, etag };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** The real path below a folder: neither `..` nor a symbolic link leads out of it. */
async function within(root: string, path: string): Promise<string> {
  const [files, paths] = await Promise.all([import("node:fs/promises"), import("node:path")]);
  const folder = await files.realpath(root);
  const check = (target: string): string => {
    const way = paths.relative(folder, target);
    if (way === ".." || way.startsWith(`..${paths.sep}`) || paths.isAbsolute(way)) {
      throw new Error(`'${path}' leads out of its root`);
    }
    return target;
  };
  // Checked before the file system is asked: what is there outside cannot be told from what is not.
  return check(await files.realpath(check(paths.resolve(folder, path))));
}

const CHUNK = 64 * 1024;

/** A part of an open file, chunk by chunk at the reader's pace. Closed when read to its end or given up. */
export class FileBody implements AsyncIterableIterator<Uint8Array> {
  readonly #handle: FileHandle;
  readonly #report: (error: unknown) => void;
  #at: number;
  #left: number;
  #isClosed = false;

  constructor({ handle }: OpenFile, first: number, length: number, report: (error: unknown) => void) {
    this.#handle = handle;
    this.#report = report;
    this.#at = first;
    this.#left = length;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Uint8Array>> {
    if (this.#isClosed || this.#left === 0) {
      return this.return();
    }
    try {
      // A buffer for each chunk: the connection may hold it for longer than until the next one is asked for.
      const buffer = new Uint8Array(Math.min(CHUNK, this.#left));
      const { bytesRead } = await this.#handle.read(buffer, 0, buffer.length, this.#at);
      if (bytesRead === 0) {
        throw new Error("the file became shorter while it was sent");
      }
      this.#at += bytesRead;
      this.#left -= bytesRead;
      return { done: false, value: buffer.subarray(0, bytesRead) };
    } catch (error) {
      const isReturned = this.#isClosed;
      await this.return();
      if (isReturned) {
        return END;
      }
      this.#report(error);
      throw error;
    }
  }

  async return(): Promise<IteratorResult<Uint8Array>> {
    if (!this.#isClosed) {
      this.#isClosed = true;
      await this.#handle.close();
    }
    return END;
  }
}

const END: IteratorResult<Uint8Array> = Object.freeze({ done: true, value: undefined });
