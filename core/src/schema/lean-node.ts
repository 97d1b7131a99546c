import { withParts } from "./lazy-parts.ts";
import type { CodecNode, NodeBase, SchemaNode, WrapperNode } from "./node.ts";
import { isSameValue } from "./same-value.ts";

/** What replies leave out: keys that are absent or undefined in spite of a default, keys that equal it, keys that are null. */
export type Omission = "undefined" | "defaults" | "null";

/** How an output differs from its schema on the wire. */
export interface LeanMode {
  readonly omit: Omission | undefined;
  /** Values are encoded and stripped, and not checked. */
  readonly isTrusted: boolean;
}

const known: Map<string, WeakMap<SchemaNode, SchemaNode>> = new Map();

/** The node of what is really sent: encoder and document read it in place of the schema's own. */
export function leanNode(node: SchemaNode, mode: LeanMode): SchemaNode {
  if (mode.omit === undefined && !mode.isTrusted) {
    return node;
  }
  const key = `${mode.omit}/${mode.isTrusted}`;
  const nodes = known.get(key) ?? new WeakMap<SchemaNode, SchemaNode>();
  known.set(key, nodes);
  let lean = nodes.get(node);
  if (lean === undefined) {
    lean = copy(node, mode);
    nodes.set(node, lean);
  }
  return lean;
}

const SUFFIX = { undefined: "WithoutUnset", defaults: "WithoutDefaults", null: "WithoutNulls" } as const;

function copy(node: SchemaNode, mode: LeanMode): SchemaNode {
  const { omit, isTrusted } = mode;
  const { id } = node.meta;
  const base = {
    checks: isTrusted ? [] : node.checks,
    // The same name for another schema would be a lie.
    meta: id === undefined || omit === undefined ? node.meta : { ...node.meta, id: `${id}${SUFFIX[omit]}` },
  };
  const lean = (part: SchemaNode): SchemaNode => leanNode(part, mode);
  switch (node.kind) {
    case "object":
      return withParts(
        { ...node, ...base },
        {
          properties: () =>
            node.properties.map((property) => ({ ...property, node: leanProperty(property.node, mode) })),
          unknownKeys: () =>
            typeof node.unknownKeys === "string" ? node.unknownKeys : lean(node.unknownKeys),
        },
      );
    case "array":
    case "set":
      return withParts({ ...node, ...base }, { element: () => lean(node.element) });
    case "tuple":
      return withParts(
        { ...node, ...base },
        {
          items: () => node.items.map(lean),
          rest: () => (node.rest === undefined ? undefined : lean(node.rest)),
        },
      );
    case "record":
    case "map":
      return withParts({ ...node, ...base }, { key: () => lean(node.key), value: () => lean(node.value) });
    case "union":
      return withParts({ ...node, ...base }, { options: () => node.options.map(lean) });
    case "discriminatedUnion":
      return withParts(
        { ...node, ...base },
        { options: () => node.options.map((option) => ({ ...option, node: lean(option.node) })) },
      );
    case "intersection":
      return withParts({ ...node, ...base }, { left: () => lean(node.left), right: () => lean(node.right) });
    case "codec":
    case "pipe":
      return withParts({ ...node, ...base }, { in: () => lean(node.in) });
    default:
      return "inner" in node
        ? withParts({ ...node, ...base }, { inner: () => lean(node.inner) })
        : { ...node, ...base };
  }
}

function leanProperty(node: SchemaNode, mode: LeanMode): SchemaNode {
  switch (mode.omit) {
    case "null": {
      const some = withoutNull(node);
      return some === undefined
        ? leanNode(node, mode)
        : leaveOut(node, leanNode(some.node, mode), (value) => {
            const filled = some.fill(value);
            return filled === null ? undefined : filled;
          });
    }
    case "undefined": {
      const inner = withoutDefault(node, ["default", "prefault"])?.inner;
      return inner === undefined ? leanNode(node, mode) : optional(node, leanNode(inner, mode));
    }
    case "defaults": {
      const found = withoutDefault(node, ["default"]);
      return found === undefined
        ? leanNode(node, mode)
        : leaveOut(node, leanNode(found.inner, mode), (value) =>
            value === undefined || isSameValue(value, found.makeValue()) ? undefined : value,
          );
    }
    default:
      return leanNode(node, mode);
  }
}

function baseOf({ schema }: NodeBase): NodeBase {
  return { schema, meta: {}, checks: [] };
}

function optional(node: SchemaNode, inner: SchemaNode): WrapperNode {
  return { ...baseOf(node), kind: "optional", inner };
}

/** A key that `pick` may leave out of the wire; whatever it gives is checked by `inner`. */
function leaveOut(node: SchemaNode, inner: SchemaNode, pick: (value: unknown) => unknown): CodecNode {
  const anything: SchemaNode = { ...baseOf(node), schema: undefined, kind: "unknown" };
  return {
    ...baseOf(node),
    kind: "codec",
    in: optional(node, inner),
    out: anything,
    decode: (value) => value,
    encode: pick,
  };
}

interface Some {
  readonly node: SchemaNode;
  /** Fills in the default that stood around the null. */
  readonly fill: (value: unknown) => unknown;
}

/** What a node takes beside null; undefined where it takes none, or has a rule of its own about it. */
function withoutNull(node: SchemaNode): Some | undefined {
  if (node.checks.length > 0) {
    return undefined;
  }
  switch (node.kind) {
    case "nullable":
      return withoutNull(node.inner) ?? { node: node.inner, fill: (value) => value };
    case "optional":
    case "readonly":
      return withoutNull(node.inner);
    case "default": {
      const inner = withoutNull(node.inner);
      return (
        inner && { ...inner, fill: (value) => inner.fill(value === undefined ? node.makeValue() : value) }
      );
    }
    default:
      return undefined;
  }
}

interface Defaulted {
  readonly inner: SchemaNode;
  readonly makeValue: () => unknown;
}

function withoutDefault(node: SchemaNode, kinds: readonly ("default" | "prefault")[]): Defaulted | undefined {
  if (node.checks.length > 0) {
    return undefined;
  }
  switch (node.kind) {
    case "default":
    case "prefault":
      return kinds.includes(node.kind) ? node : undefined;
    case "optional":
    case "readonly":
      return withoutDefault(node.inner, kinds);
    default:
      return undefined;
  }
}
