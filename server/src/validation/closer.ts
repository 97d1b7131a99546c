import type { SchemaNode } from "@tenon/core/wire";
import type { CompiledState, Mode } from "./mode.ts";

/** One closure: takes a value at a depth, answers with what it becomes or `INVALID`. */
export type Step = (value: unknown, depth: number) => unknown;

/** What the parts of the closure back end share while they build one compiled form. */
export interface Closer {
  readonly state: CompiledState;
  readonly depthLimit: number;
  /** The step of a node, built once per mode. */
  readonly step: (node: SchemaNode, mode: Mode) => Step;
}
