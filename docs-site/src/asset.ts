import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** A file that the page needs. Its name changes with its content, so that it may be kept for ever. */
export interface Asset {
  readonly name: string;
  readonly type: string;
  readonly body: string;
}

/** Reads a file of this package's `assets`. */
export function readAsset(file: string, type: string): Asset {
  const body = readFileSync(new URL(`../assets/${file}`, import.meta.url), "utf8");
  const hash = createHash("sha256").update(body).digest("hex").slice(0, 12);
  const dot = file.lastIndexOf(".");
  return { name: `${file.slice(0, dot)}.${hash}${file.slice(dot)}`, type, body };
}
