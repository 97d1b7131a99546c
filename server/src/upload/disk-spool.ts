import { openAsBlob } from "node:fs";
import { type FileHandle, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { saveLink } from "./save-file.ts";
import type { Spool, SpooledFile } from "./spool.ts";

/**
 * Spools uploads to files of a folder of its own below the given one, the system's folder for temporary files by default.
 * Only the server's own user can read them.
 */
export function diskSpool(parent: string = tmpdir()): Spool {
  return new DiskSpool(parent);
}

class DiskSpool implements Spool {
  readonly #parent: string;
  #folder: Promise<string> | undefined;
  #count = 0;

  constructor(parent: string) {
    this.#parent = parent;
  }

  async open(): Promise<SpooledFile> {
    try {
      return await this.#openIn(await this.#makeFolder());
    } catch (error) {
      // The failure is not kept, and whoever cleans up temporary files may have taken the folder.
      this.#folder = undefined;
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") {
        throw error;
      }
      return this.#openIn(await this.#makeFolder());
    }
  }

  async close(): Promise<void> {
    const folder = this.#folder;
    this.#folder = undefined;
    if (folder !== undefined) {
      await rm(await folder, { recursive: true, force: true });
    }
  }

  #makeFolder(): Promise<string> {
    this.#folder ??= mkdtemp(join(this.#parent, "tenon-uploads-"));
    return this.#folder;
  }

  async #openIn(folder: string): Promise<SpooledFile> {
    const path = join(folder, String(this.#count++));
    return new DiskFile(path, await open(path, "wx", 0o600));
  }
}

class DiskFile implements SpooledFile {
  readonly #path: string;
  readonly #handle: FileHandle;
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  #writing: Promise<void> = Promise.resolve();
  #isOpen = true;

  constructor(path: string, handle: FileHandle) {
    this.#path = path;
    this.#handle = handle;
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#pending.push(chunk);
    this.#pendingBytes += chunk.byteLength;
    if (this.#pendingBytes >= BATCH) {
      await this.#flush();
    }
  }

  async finish(): Promise<Blob> {
    await this.#flush();
    await this.#writing;
    await this.#close();
    return openAsBlob(this.#path);
  }

  async saveTo(path: string | URL): Promise<void> {
    await saveLink(this.#path, path);
  }

  async remove(): Promise<void> {
    await this.#writing.catch(() => {});
    await this.#close();
    await rm(this.#path, { force: true });
  }

  /** Starts the next write when the one before has ended, and receives on meanwhile. */
  async #flush(): Promise<void> {
    const chunks = this.#pending;
    this.#pending = [];
    this.#pendingBytes = 0;
    await this.#writing;
    this.#writing = writeAll(this.#handle, chunks);
    // Told by the next write, or by the end.
    this.#writing.catch(() => {});
  }

  async #close(): Promise<void> {
    if (this.#isOpen) {
      this.#isOpen = false;
      await this.#handle.close();
    }
  }
}

// A write for each packet would be most of the cost (`bench/run-time` S7b).
const BATCH = 256 * 1024;

async function writeAll(handle: FileHandle, chunks: readonly Uint8Array[]): Promise<void> {
  const { bytesWritten } = await handle.writev(chunks);
  const all = chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
  if (bytesWritten < all) {
    await handle.writeFile(Buffer.concat(chunks).subarray(bytesWritten));
  }
}
