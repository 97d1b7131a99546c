import type { SchemaNode } from "./node.ts";

/**
 * The direct parts of a node. The `wire` side leaves out what never reaches the wire: a codec's server side
 * and what a pipe makes of its input.
 */
export function childrenOf(node: SchemaNode, side: "wire" | "both"): readonly SchemaNode[] {
  switch (node.kind) {
    case "object": {
      const children = node.properties.map((property) => property.node);
      return typeof node.unknownKeys === "string" ? children : [...children, node.unknownKeys];
    }
    case "array":
    case "set":
      return [node.element];
    case "tuple":
      return node.rest === undefined ? node.items : [...node.items, node.rest];
    case "record":
    case "map":
      return [node.key, node.value];
    case "union":
      return node.options;
    case "discriminatedUnion":
      return node.options.map((option) => option.node);
    case "intersection":
      return [node.left, node.right];
    case "optional":
    case "nullable":
    case "nonoptional":
    case "readonly":
    case "lazy":
    case "default":
    case "prefault":
    case "catch":
      return [node.inner];
    case "codec":
    case "pipe":
    case "preprocess":
      return side === "wire" ? [node.in] : [node.in, node.out];
    default:
      return [];
  }
}
