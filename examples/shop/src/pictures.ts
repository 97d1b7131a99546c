import { randomUUID } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { UploadedFile } from "@tenon/core";

const EXTENSION: Readonly<Record<string, string>> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/webp": "webp",
};

const BEGINNINGS: Readonly<Record<string, RegExp>> = {
  "image/png": /^\x89PNG\r\n\x1a\n/,
  "image/jpeg": /^\xff\xd8\xff/,
  "image/webp": /^RIFF[^]{4}WEBP/,
};

/** Says whether a file begins as its type does: what the caller says of it proves nothing. */
export async function isPicture(file: UploadedFile): Promise<boolean> {
  const beginning = Buffer.from(await file.slice(0, 12).arrayBuffer()).toString("latin1");
  return BEGINNINGS[file.type]?.test(beginning) ?? false;
}

/** Keeps a picture under a name of our own; nothing of the caller's goes into a path. */
export async function savePicture(folder: string, file: UploadedFile): Promise<string> {
  await mkdir(folder, { recursive: true });
  const name = `${randomUUID()}.${EXTENSION[file.type]}`;
  await file.saveTo(join(folder, name));
  return name;
}

/** Removes a picture that no product shows any more. */
export async function removePicture(folder: string, name: string | null): Promise<void> {
  if (name !== null) {
    await rm(join(folder, name), { force: true });
  }
}
