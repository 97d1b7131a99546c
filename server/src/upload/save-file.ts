import { constants } from "node:fs";
import { chmod, copyFile, link, rename, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** Writes bytes to a path as a whole, or not at all. */
export async function saveBytes(bytes: Uint8Array, path: string | URL): Promise<void> {
  await replace(path, (beside) => writeFile(beside, bytes, { flag: "wx" }));
}

/** Puts a file to a path as a whole, or not at all. It can still be read at its old path: its bytes have two names. */
export async function saveLink(from: string, path: string | URL): Promise<void> {
  await replace(path, async (beside) => {
    try {
      await link(from, beside);
    } catch (error) {
      if (!UNLINKABLE.has((error as NodeJS.ErrnoException).code ?? "")) {
        throw error;
      }
      await copyFile(from, beside, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    }
    // A temporary file is for its owner alone; a saved one has the mode of any new file.
    await chmod(beside, 0o666 & ~process.umask());
  });
}

/** Another file system, or one that knows no second names. */
const UNLINKABLE = new Set(["EXDEV", "EPERM", "EACCES", "ENOSYS", "ENOTSUP", "EOPNOTSUPP", "EMLINK"]);

/** Makes the file beside its target first: a rename within one folder is atomic. */
async function replace(path: string | URL, make: (beside: string) => Promise<void>): Promise<void> {
  const target = path instanceof URL ? fileURLToPath(path) : path;
  const beside = `${target}.${crypto.randomUUID()}.part`;
  try {
    await make(beside);
    await rename(beside, target);
  } finally {
    // After a failure; and renaming one name of a file to another of the same file leaves both.
    await rm(beside, { force: true });
  }
}
