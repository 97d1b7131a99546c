import { childrenOf, type SchemaNode } from "@tenon/core/wire";

/**
 * Tells whether the value that checks see differs from what goes on the wire, below a node. Where it does, a compiled
 * encoder leaves a container with checks of its own to the interpreter.
 */
export function serverDiffers(node: SchemaNode): boolean {
  let answer = differing.get(node);
  if (answer === undefined) {
    answer = reach(node).some(differs);
    differing.set(node, answer);
  }
  return answer;
}

const differing: WeakMap<SchemaNode, boolean> = new WeakMap();

function differs(node: SchemaNode): boolean {
  switch (node.kind) {
    case "codec":
    case "pipe":
    case "preprocess":
    case "transform":
    case "unknown":
    case "custom":
    case "island":
    case "standard":
      return true;
    case "object":
      return node.unknownKeys === "passthrough";
    case "record":
      return node.key.kind !== "string" || node.key.checks.length > 0;
    default:
      return false;
  }
}

/** Tells whether one side of an intersection refuses keys that the other may own. */
export function refusesKeys(node: SchemaNode): boolean {
  return reach(node).some(
    (part) => part.kind === "record" || (part.kind === "object" && part.unknownKeys === "strict"),
  );
}

/** Everything that a node contains on its wire side, itself first. */
export function reach(root: SchemaNode): readonly SchemaNode[] {
  const seen = new Set<SchemaNode>([root]);
  for (const node of seen) {
    for (const child of childrenOf(node, "wire")) {
      seen.add(child);
    }
  }
  return [...seen];
}

/** How often each node is referred to within a schema; a node of a cycle at least twice. */
export function countReferences(root: SchemaNode): ReadonlyMap<SchemaNode, number> {
  const counts = new Map<SchemaNode, number>([[root, 1]]);
  for (const node of reach(root)) {
    for (const child of childrenOf(node, "wire")) {
      counts.set(child, (counts.get(child) ?? 0) + 1);
    }
  }
  return counts;
}

/** How many levels of JSON a schema without cycles can produce. */
export function heightOf(node: SchemaNode, heights: Map<SchemaNode, number> = new Map()): number {
  let height = heights.get(node);
  if (height === undefined) {
    const levels = levelsOf(node);
    height = Math.max(0, ...childrenOf(node, "wire").map((child) => heightOf(child, heights))) + levels;
    heights.set(node, height);
  }
  return height;
}

function levelsOf(node: SchemaNode): number {
  switch (node.kind) {
    case "map":
      return 2;
    case "object":
    case "array":
    case "tuple":
    case "record":
    case "set":
      return 1;
    default:
      return 0;
  }
}

/** Tells whether more than one option of a union can hold an object, so that the best has to be found. */
export function hasRivals(options: readonly SchemaNode[]): boolean {
  return options.filter((option) => !SCALARS.has(option.kind)).length > 1;
}

const SCALARS: ReadonlySet<SchemaNode["kind"]> = new Set<SchemaNode["kind"]>([
  "string",
  "number",
  "boolean",
  "bigint",
  "date",
  "null",
  "undefined",
  "never",
  "literal",
  "enum",
  "array",
  "url",
  "bytes",
]);

/** Tells whether a node lets `undefined` through, so that a required key of it has to be looked at first. */
export function acceptsUndefined(node: SchemaNode): boolean {
  switch (node.kind) {
    case "string":
    case "number":
    case "boolean":
    case "bigint":
    case "date":
      return node.coerces;
    case "object":
    case "array":
    case "null":
    case "never":
    case "url":
    case "bytes":
    case "set":
    case "map":
      return false;
    default:
      return true;
  }
}
