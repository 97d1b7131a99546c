import { canBeDeep, INVALID, type SchemaNode, toWire } from "@tenon/core/wire";
import { type Emitter, type Place, writeCall } from "./emitter.ts";
import { writeNode } from "./generate-node.ts";
import type { CompiledState, Mode } from "./mode.ts";
import { countReferences, heightOf } from "./plan.ts";
import { Source } from "./source.ts";

/** Generates source text for a node and makes a function of it. */
export function generate(
  node: SchemaNode,
  mode: Mode,
  depthLimit: number,
  state: CompiledState,
): (value: unknown) => unknown {
  const { text, names, values } = generateText(node, mode, depthLimit, state);
  // The text is made of source quoted here and of names; what a schema names goes in as a quoted string.
  // oxlint-disable-next-line typescript/no-implied-eval
  const make = new Function("INVALID", ...names, text) as (
    ...constants: unknown[]
  ) => (value: unknown) => unknown;
  return make(INVALID, ...values);
}

interface Generated {
  readonly text: string;
  readonly names: readonly string[];
  readonly values: readonly unknown[];
}

/** The source text of a compiled form, and the constants that it refers to. */
export function generateText(
  root: SchemaNode,
  mode: Mode,
  depthLimit: number,
  state: CompiledState,
): Generated {
  const source = new Source();
  const isDeep = canBeDeep(root);
  const references = countReferences(root);
  const functions = new Map<string, string>();
  const waiting: { readonly node: SchemaNode; readonly place: Place; readonly name: string }[] = [];
  const numbers = new Map<SchemaNode, number>();

  const emitter: Emitter = {
    source,
    state,
    depthLimit,
    toWire,
    tracksDepth: isDeep || heightOf(root) > depthLimit,
    write: (node, value, place) => {
      const isShared = (references.get(node) ?? 0) > 1 && !INLINE.has(node.kind);
      return isShared ? writeCall(emitter, node, value, place) : writeNode(emitter, node, value, place);
    },
    functionFor: (node, wanted) => {
      const number = numbers.get(node) ?? numbers.size;
      numbers.set(node, number);
      const key = `${wanted}${number}`;
      let name = functions.get(key);
      if (name === undefined) {
        name = `f_${key}`;
        functions.set(key, name);
        waiting.push({ node, name, place: { mode: wanted, base: "depth", offset: 0 } });
      }
      return name;
    },
  };

  const body = writeFunction(emitter, root, "root", { mode, base: undefined, offset: 0 });
  const texts: string[] = [];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    texts.push(writeFunction(emitter, next.node, next.name, next.place));
  }
  const text = `"use strict";\n${texts.join("\n")}\nreturn ${body}`;
  return { text, names: source.names, values: source.values };
}

// Short enough to be written out wherever they are used.
const INLINE: ReadonlySet<SchemaNode["kind"]> = new Set<SchemaNode["kind"]>([
  "string",
  "number",
  "boolean",
  "bigint",
  "date",
  "url",
  "bytes",
  "null",
  "undefined",
  "never",
  "literal",
  "enum",
  "unknown",
]);

function writeFunction(emitter: Emitter, node: SchemaNode, name: string, place: Place): string {
  const lines = emitter.source.apart(() => {
    const result = writeNode(emitter, node, "value", place);
    emitter.source.line(`return ${result};`);
  });
  return `function ${name}(value, depth) {\n${lines.join("\n")}\n}`;
}
