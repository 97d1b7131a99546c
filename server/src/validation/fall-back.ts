import { decodeNode, encodeNode, INVALID, type SchemaNode, type SchemaResult } from "@tenon/core/wire";
import type { CompiledState, Mode } from "./mode.ts";
import { giveUp } from "./run-check.ts";

/** The verdict of the interpreter on a part that is not compiled. */
export function interpret(
  node: SchemaNode,
  mode: Mode,
  value: unknown,
  depthLimit: number,
  state: CompiledState,
): unknown {
  const result: SchemaResult | Promise<SchemaResult> =
    mode === "decode"
      ? decodeNode(node, value, { issueLimit: 1, depthLimit })
      : encodeNode(node, value, { issueLimit: 1, depthLimit, form: mode });
  if (result instanceof Promise) {
    return giveUp(result, state);
  }
  return result.ok ? result.value : INVALID;
}
