import type { SchemaObject } from "openapi3-ts/oas31";
import type { SchemaNode } from "../schema/node.ts";

/** Whose side a schema describes: what a caller sends, or what the server sends. */
export type Direction = "input" | "output";

/** Writes nodes as JSON Schema; the whole document shares one for each direction. */
export interface SchemaWriter {
  readonly direction: Direction;
  /** The schema of a node: in place, or a reference where the node has a name. */
  write(node: SchemaNode): SchemaObject;
}
