import type { SchemaNode } from "./node.ts";
import { isRecursive } from "./trait.ts";

/**
 * Tells whether a node looks at the same recursive part of a value more than once: two options of a union, or two sides
 * of an intersection, that both contain themselves. Without a memory the work would double at every level.
 */
export function isAmbiguous(node: SchemaNode): boolean {
  if (node.kind !== "union" && node.kind !== "intersection" && node.kind !== "discriminatedUnion") {
    return false;
  }
  let answer = answers.get(node);
  if (answer === undefined) {
    answer = isRecursive(node) && haveRivals(alternativesOf(node));
    answers.set(node, answer);
  }
  return answer;
}

const answers: WeakMap<SchemaNode, boolean> = new WeakMap();

function alternativesOf(node: SchemaNode): readonly SchemaNode[] {
  switch (node.kind) {
    case "union":
      return node.options;
    case "intersection":
      return [node.left, node.right];
    case "discriminatedUnion":
      // A tag decides at once; only a miss makes all options try.
      return node.options.map((option) => option.node);
    default:
      return [];
  }
}

function haveRivals(alternatives: readonly SchemaNode[]): boolean {
  const recursive = alternatives
    .filter(isRecursive)
    .map((alternative) => containersOf(alternative, new Set()));
  const lists = recursive.filter((containers) => containers.has("list"));
  const objects = recursive.filter((containers) => containers.has("object"));
  return lists.length > 1 || objects.length > 1;
}

type Container = "list" | "object";

/** The kinds of JSON container that a node may take. */
function containersOf(node: SchemaNode, seen: Set<SchemaNode>): ReadonlySet<Container> {
  if (seen.has(node)) {
    return new Set();
  }
  seen.add(node);
  switch (node.kind) {
    case "object":
    case "record":
      return new Set(["object"]);
    case "array":
    case "tuple":
    case "set":
    case "map":
      return new Set(["list"]);
    case "union":
    case "discriminatedUnion":
    case "intersection":
      return new Set(alternativesOf(node).flatMap((alternative) => [...containersOf(alternative, seen)]));
    case "optional":
    case "nullable":
    case "nonoptional":
    case "readonly":
    case "lazy":
    case "default":
    case "prefault":
    case "catch":
      return containersOf(node.inner, seen);
    case "codec":
    case "pipe":
      return containersOf(node.in, seen);
    default:
      return new Set(["list", "object"]);
  }
}
