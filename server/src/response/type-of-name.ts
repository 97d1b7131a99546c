import { lookup } from "mrmime";

/** The media type of a file by the end of its name; bytes of any kind where that says nothing. */
export function typeOfName(name: string): string {
  // The table is a plain object, which knows `constructor` and `__proto__`, too.
  const type: unknown = lookup(name);
  return typeof type === "string" ? type : "application/octet-stream";
}
