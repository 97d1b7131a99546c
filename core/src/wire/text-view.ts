import { childrenOf } from "../schema/children.ts";
import { withParts } from "../schema/lazy-parts.ts";
import type { SchemaNode } from "../schema/node.ts";

/**
 * A node as text locations see it: coercion gives way to the grammar of texts, and a union tries its strings last,
 * since every text is a string.
 */
export function textView(node: SchemaNode): SchemaNode {
  let view = views.get(node);
  if (view === undefined) {
    view = needsView(node) ? makeView(node) : node;
    views.set(node, view);
  }
  return view;
}

const views: WeakMap<SchemaNode, SchemaNode> = new WeakMap();

function needsView(root: SchemaNode): boolean {
  const seen = new Set<SchemaNode>([root]);
  for (const node of seen) {
    if (("coerces" in node && node.coerces) || (node.kind === "union" && node.options.some(takesAnyText))) {
      return true;
    }
    for (const child of childrenOf(node, "wire")) {
      seen.add(child);
    }
  }
  return false;
}

/** Tells whether any text at all could be meant for a node, so that a more particular one should have it first. */
export function takesAnyText(node: SchemaNode): boolean {
  switch (node.kind) {
    case "string":
    case "unknown":
    case "custom":
    case "island":
    case "standard":
    case "transform":
    case "preprocess":
      return true;
    case "optional":
    case "nullable":
    case "nonoptional":
    case "readonly":
    case "lazy":
    case "default":
    case "prefault":
    case "catch":
      return takesAnyText(node.inner);
    case "codec":
    case "pipe":
      return takesAnyText(node.in);
    default:
      return false;
  }
}

function makeView(node: SchemaNode): SchemaNode {
  switch (node.kind) {
    case "string":
    case "number":
    case "boolean":
    case "bigint":
    case "date":
      return { ...node, coerces: false };
    case "array":
    case "set":
      return withParts({ ...node }, { element: () => textView(node.element) });
    case "tuple":
      return withParts(
        { ...node },
        {
          items: () => node.items.map(textView),
          rest: () => (node.rest === undefined ? undefined : textView(node.rest)),
        },
      );
    case "record":
      return withParts({ ...node }, { value: () => textView(node.value) });
    case "object":
      return withParts(
        { ...node },
        {
          properties: () => node.properties.map(({ key, node: inner }) => ({ key, node: textView(inner) })),
        },
      );
    case "union":
      return withParts({ ...node }, { options: () => stringsLast(node.options).map(textView) });
    case "discriminatedUnion":
      return withParts(
        { ...node },
        {
          options: () => node.options.map((option) => ({ tags: option.tags, node: textView(option.node) })),
        },
      );
    case "intersection":
      return withParts({ ...node }, { left: () => textView(node.left), right: () => textView(node.right) });
    case "optional":
    case "nullable":
    case "nonoptional":
    case "readonly":
    case "lazy":
    case "default":
    case "prefault":
    case "catch":
      return withParts({ ...node }, { inner: () => textView(node.inner) });
    case "codec":
    case "pipe":
      return withParts({ ...node }, { in: () => textView(node.in) });
    default:
      return node;
  }
}

function stringsLast(options: readonly SchemaNode[]): readonly SchemaNode[] {
  return [
    ...options.filter((option) => !takesAnyText(option)),
    ...options.filter((option) => takesAnyText(option)),
  ];
}
