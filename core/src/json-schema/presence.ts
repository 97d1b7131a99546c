import type { Direction } from "./writer.ts";
import type { SchemaNode } from "../schema/node.ts";
import { inputPresence, isOptionalOut } from "../schema/optionality.ts";

/**
 * Tells whether a key of a node is always there on the wire: callers may leave out what has a default,
 * and the server fills it in.
 */
export function isRequired(node: SchemaNode, direction: Direction): boolean {
  const presence = inputPresence(node);
  if (direction === "input" || presence === "required") {
    return presence === "required";
  }
  return presence === "defaulted" || (!isOptionalOut(node) && !endsInCodec(node));
}

/** A codec's wire side may be absent although its server side never is. */
function endsInCodec(node: SchemaNode): boolean {
  let at = node;
  for (let depth = 0; depth < 32 && "inner" in at; depth++) {
    at = at.inner;
  }
  return at.kind === "codec" || at.kind === "pipe";
}
