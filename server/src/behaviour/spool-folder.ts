import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { diskSpool, type Spool } from "../node.ts";

/** A folder for the temporary files of one test. */
export interface SpoolFolder {
  readonly spool: Spool;
  readonly path: string;
  /** The temporary files that are there now. */
  files(): Promise<string[]>;
  /** The most that were there at once, as far as the server has said. */
  readonly opened: () => number;
  remove(): Promise<void>;
}

/** Makes a folder that uploads are spooled to, and counts what is opened in it. */
export async function spoolFolder(): Promise<SpoolFolder> {
  const path = await mkdtemp(join(tmpdir(), "tenon-test-"));
  const disk = diskSpool(path);
  let opened = 0;
  return {
    path,
    spool: {
      open: () => {
        opened++;
        return disk.open();
      },
      close: () => disk.close(),
    },
    opened: () => opened,
    files: async () => {
      const entries = await readdir(path, { recursive: true, withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
    },
    remove: () => rm(path, { recursive: true, force: true }),
  };
}
