import type { SchemaNode } from "./node.ts";

/** What is below what only says whether a value may be missing; the wire side of a codec. A circle ends after 32 steps. */
export function innermost(node: SchemaNode): SchemaNode {
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
  return at;
}
