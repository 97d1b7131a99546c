import type { SchemaNode } from "@tenon/core/wire";

/** The kind below what only says whether a value may be missing. */
export function innerKind(node: SchemaNode): string {
  let at: SchemaNode = node;
  for (let depth = 0; depth < 32; depth++) {
    if ("inner" in at) {
      at = at.inner;
    } else if (at.kind === "codec" || at.kind === "pipe" || at.kind === "preprocess") {
      at = at.in;
    } else {
      break;
    }
  }
  return at.kind;
}
