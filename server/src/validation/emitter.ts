import type { SchemaNode } from "@tenon/core/wire";
import type { CompiledState, Mode } from "./mode.ts";
import type { Source } from "./source.ts";

/** What the parts of the generator share while they write one compiled form. */
export interface Emitter {
  readonly source: Source;
  readonly state: CompiledState;
  readonly depthLimit: number;
  /** Writes a clean value as plain JSON. */
  readonly toWire: (value: unknown) => unknown;
  /** Whether functions carry the depth at which they are called. */
  readonly tracksDepth: boolean;
  /**
   * Writes the statements that check and convert a variable, and answers with the name of the result. The
   * statements return `INVALID` from the function around them.
   */
  readonly write: (node: SchemaNode, value: string, place: Place) => string;
  /** The name of a function for a node, which is written once. */
  readonly functionFor: (node: SchemaNode, mode: Mode) => string;
}

/** Where in a value, and for what, statements are written. */
export interface Place {
  readonly mode: Mode;
  /** The depth as source text, split into the function's own and what was entered since. */
  readonly base: "depth" | undefined;
  readonly offset: number;
}

/** The place one level further in. */
export function inside(place: Place, levels = 1): Place {
  return { ...place, offset: place.offset + levels };
}

/** The depth of a place as source text. */
export function depthText(emitter: Emitter, place: Place): string {
  // Without a limit to reach, functions do not know their depth.
  if (!emitter.tracksDepth) {
    return "0";
  }
  return place.base === undefined ? `${place.offset}` : `${place.base} + ${place.offset}`;
}

/** Refuses to go deeper than the limit; a depth known now costs nothing later. */
export function writeDepthGuard(emitter: Emitter, place: Place): void {
  if (!emitter.tracksDepth) {
    return;
  }
  if (place.base === undefined) {
    if (place.offset >= emitter.depthLimit) {
      emitter.source.line("return INVALID;");
    }
    return;
  }
  emitter.source.refuseIf(`${depthText(emitter, place)} >= ${emitter.depthLimit}`);
}

/** Writes the call of a node's function, and refuses what it refuses. */
export function writeCall(emitter: Emitter, node: SchemaNode, value: string, place: Place): string {
  const result = emitter.source.declare(callText(emitter, node, value, place));
  emitter.source.refuseIf(`${result} === INVALID`);
  return result;
}

/** The call of a node's function as an expression. */
export function callText(emitter: Emitter, node: SchemaNode, value: string, place: Place): string {
  const name = emitter.functionFor(node, place.mode);
  return emitter.tracksDepth ? `${name}(${value}, ${depthText(emitter, place)})` : `${name}(${value})`;
}
