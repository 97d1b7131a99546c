import type { SchemaNode } from "@tenon/core/wire";

/** What is below what only says whether a value may be missing; the wire side of a codec. */
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

/** The kind of it. */
export function innerKind(node: SchemaNode): string {
  return innermost(node).kind;
}
