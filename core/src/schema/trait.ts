import { childrenOf } from "./children.ts";
import type { SchemaNode } from "./node.ts";

/** Tells whether a value of this node can hold what plain JSON cannot (`Date`, `bigint`, `Set`, `Map`, `URL`, bytes). */
export const holdsRichType: (node: SchemaNode) => boolean = reaches("wire", isRich);

/** Tells whether a node can only be decoded, because a transform or preprocess has no way back. */
export const isOneWay: (node: SchemaNode) => boolean = reaches("both", hasNoEncoding);

/** Tells whether a value of this node can hold a file, which JSON has no form of. */
export const holdsFile: (node: SchemaNode) => boolean = reaches("wire", (node) => node.kind === "file");

/** Tells whether a node contains itself, or anything that does. */
export function isRecursive(root: SchemaNode): boolean {
  let answer = recursive.get(root);
  if (answer === undefined) {
    answer = leadsToCycle(root, new Set(), new Set());
    recursive.set(root, answer);
  }
  return answer;
}

/** Tells whether decoding a node can follow its input to any depth, so that the depth limit must be checked. */
export function canBeDeep(node: SchemaNode): boolean {
  return holdsAnyValue(node) || isRecursive(node);
}

const recursive: WeakMap<SchemaNode, boolean> = new WeakMap();
const holdsAnyValue = reaches("wire", takesAnyValue);

function isRich(node: SchemaNode): boolean {
  switch (node.kind) {
    case "date":
    case "bigint":
    case "set":
    case "map":
    case "url":
    case "bytes":
      return true;
    case "literal":
      return node.values.some((value) => typeof value === "bigint");
    default:
      return false;
  }
}

function hasNoEncoding(node: SchemaNode): boolean {
  // The output of a coercion is not what its own pipe takes in.
  const isCoercingPipe = node.kind === "pipe" && "coerces" in node.out && node.out.coerces;
  return node.kind === "transform" || node.kind === "preprocess" || isCoercingPipe;
}

function takesAnyValue(node: SchemaNode): boolean {
  switch (node.kind) {
    case "unknown":
    case "custom":
    case "island":
    case "standard":
    case "transform":
      return true;
    case "object":
      return node.unknownKeys === "passthrough";
    case "record":
      return node.isLoose;
    default:
      return false;
  }
}

/** Makes a predicate that looks through everything a node contains, once per node and safe from cycles. */
function reaches(side: "wire" | "both", test: (node: SchemaNode) => boolean): (node: SchemaNode) => boolean {
  const answers: WeakMap<SchemaNode, boolean> = new WeakMap();
  return (root) => {
    const answer = answers.get(root) ?? search(root, side, test, answers);
    answers.set(root, answer);
    return answer;
  };
}

function search(
  root: SchemaNode,
  side: "wire" | "both",
  test: (node: SchemaNode) => boolean,
  answers: WeakMap<SchemaNode, boolean>,
): boolean {
  const seen = new Set<SchemaNode>([root]);
  // A set can grow while it is walked, which makes it a queue.
  for (const node of seen) {
    if (answers.get(node) === true || test(node)) {
      return true;
    }
    for (const child of childrenOf(node, side)) {
      seen.add(child);
    }
  }
  // Nothing was found in the whole, so there is nothing in any part of it.
  for (const node of seen) {
    answers.set(node, false);
  }
  return false;
}

function leadsToCycle(node: SchemaNode, open: Set<SchemaNode>, done: Set<SchemaNode>): boolean {
  if (open.has(node)) {
    return true;
  }
  if (done.has(node)) {
    return false;
  }
  open.add(node);
  const found = childrenOf(node, "wire").some((child) => leadsToCycle(child, open, done));
  open.delete(node);
  done.add(node);
  return found;
}
