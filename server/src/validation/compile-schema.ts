import {
  childrenOf,
  DEPTH_LIMIT,
  ENCODE_DEPTH_LIMIT,
  INVALID,
  type SchemaNode,
  TEXT_RULES,
  type TextRules,
  textView,
} from "@tenon/core/wire";
import { close } from "./close.ts";
import { closeText } from "./close-text.ts";
import { generate } from "./generate.ts";
import type { CompiledState, Mode } from "./mode.ts";
import { isAsynchronous } from "./run-check.ts";

/** How a compiled form is made: as source text, or as closures where a host forbids that. */
export type BackEnd = "generate" | "close";

/** A quick verdict: the converted value, or `INVALID`, after which the interpreter is asked for the issues. */
export type Compiled = (value: unknown) => unknown;

export interface CompileOptions {
  /** How deep the JSON may be nested; 64 unless said otherwise. */
  readonly depthLimit?: number;
}

/** Compiles the way from JSON to the server-side value. */
export function compileDecoder(node: SchemaNode, backEnd: BackEnd, options: CompileOptions = {}): Compiled {
  return compile(node, "decode", backEnd, options.depthLimit ?? DEPTH_LIMIT);
}

/** Compiles the way from what a text location carries to the server-side value. */
export function compileTextDecoder(
  node: SchemaNode,
  backEnd: BackEnd,
  rules: TextRules = TEXT_RULES,
): Compiled {
  const view = textView(node);
  const lower = closeText(view, rules);
  const decode = compileDecoder(view, backEnd);
  return (text) => {
    const json = lower(text);
    return json === INVALID ? INVALID : decode(json);
  };
}

/**
 * Compiles the way from a server-side value to plain JSON, ready for `JSON.stringify`; with `rich`, `Date` and its like
 * stay in place for `enrich`.
 */
export function compileEncoder(
  node: SchemaNode,
  backEnd: BackEnd,
  form: "plain" | "rich" = "plain",
): Compiled {
  return compile(node, form, backEnd, ENCODE_DEPTH_LIMIT);
}

/** Tells whether the host lets source text become a function. */
export function canGenerate(): boolean {
  try {
    // oxlint-disable-next-line typescript/no-implied-eval
    return new Function("return true")() === true;
  } catch {
    return false;
  }
}

function compile(node: SchemaNode, mode: Mode, backEnd: BackEnd, depthLimit: number): Compiled {
  const state: CompiledState = { isAsynchronous: hasAsynchronousCheck(node) };
  const make = backEnd === "generate" ? generate : close;
  const compiled = make(node, mode, depthLimit, state);
  // Asking a check whose answer is a promise would only run it twice.
  return (value) => (state.isAsynchronous ? INVALID : compiled(value));
}

function hasAsynchronousCheck(root: SchemaNode): boolean {
  const seen = new Set<SchemaNode>([root]);
  for (const node of seen) {
    if (node.checks.some(isAsynchronous)) {
      return true;
    }
    for (const child of childrenOf(node, "both")) {
      seen.add(child);
    }
  }
  return false;
}
