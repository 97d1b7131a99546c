import { childrenOf } from "./children.ts";
import type { ObjectNode, SchemaNode, UnionNode } from "./node.ts";
import { inputPresence } from "./optionality.ts";

/**
 * The first union in a node of which a value may go out by the poorer option. An option is chosen by how many of the
 * value's own keys it keeps; what is dropped further down, in a list or in an object below, is not seen. Unions whose
 * options are told apart by a key, and discriminated ones, pass.
 */
export function findLossyUnion(root: SchemaNode): UnionNode | undefined {
  const seen = new Set<SchemaNode>([root]);
  // A set can grow while it is walked, which makes it a queue.
  for (const node of seen) {
    if (node.kind === "union" && isLossy(node)) {
      return node;
    }
    for (const child of childrenOf(node, "wire")) {
      seen.add(child);
    }
  }
  return undefined;
}

function isLossy(union: UnionNode): boolean {
  const options = flatten(union, new Set());
  return options.some((one, index) =>
    options.slice(index + 1).some((other) => losesUnseen(one, other, new Set())),
  );
}

/** The options that are no unions themselves. */
function flatten(node: SchemaNode, seen: Set<SchemaNode>): readonly SchemaNode[] {
  const inner = unwrap(node);
  if (seen.has(inner)) {
    return [];
  }
  seen.add(inner);
  return inner.kind === "union" ? inner.options.flatMap((option) => flatten(option, seen)) : [inner];
}

/** The same value may fit both, and what they drop differs where nobody counts. */
function losesUnseen(one: SchemaNode, other: SchemaNode, seen: Set<string>): boolean {
  return one.kind === "object" && other.kind === "object"
    ? !areApart(one, other) && commonParts(one, other).some(([left, right]) => dropsApart(left, right, seen))
    : dropsApart(one, other, seen);
}

/** The same value may fit both, and one keeps keys that the other drops. */
function dropsApart(left: SchemaNode, right: SchemaNode, seen: Set<string>): boolean {
  const [one, other] = [unwrap(left), unwrap(right)];
  const pair = `${idOf(one)}/${idOf(other)}`;
  if (one === other || seen.has(pair)) {
    return false;
  }
  seen.add(pair);
  const within = (parts: readonly Pair[]): boolean => parts.some(([a, b]) => dropsApart(a, b, seen));
  if (one.kind === "union" || other.kind === "union") {
    const [ones, others] = [flatten(one, new Set()), flatten(other, new Set())];
    return within(ones.flatMap((a) => others.map((b): Pair => [a, b])));
  }
  if (one.kind === "object" && other.kind === "object") {
    return !areApart(one, other) && (keepsOtherKeys(one, other) || within(commonParts(one, other)));
  }
  if ((one.kind === "array" || one.kind === "set") && one.kind === other.kind) {
    return within([[one.element, other.element]]);
  }
  if ((one.kind === "record" || one.kind === "map") && one.kind === other.kind) {
    return within([[one.value, other.value]]);
  }
  if (one.kind === "tuple" && other.kind === "tuple") {
    return within(one.items.flatMap((item, index) => pairOf(item, other.items[index])));
  }
  return false;
}

type Pair = readonly [SchemaNode, SchemaNode];

function pairOf(one: SchemaNode, other: SchemaNode | undefined): Pair[] {
  return other === undefined ? [] : [[one, other]];
}

function commonParts(one: ObjectNode, other: ObjectNode): readonly Pair[] {
  return one.properties.flatMap(({ key, node }) =>
    pairOf(node, other.properties.find((property) => property.key === key)?.node),
  );
}

function keepsOtherKeys(one: ObjectNode, other: ObjectNode): boolean {
  const drops = (node: ObjectNode): boolean => node.unknownKeys === "strip" || node.unknownKeys === "strict";
  const lacks = (poorer: ObjectNode, richer: ObjectNode): boolean =>
    drops(poorer) &&
    (!drops(richer) ||
      richer.properties.some(({ key }) => !poorer.properties.some((property) => property.key === key)));
  return lacks(one, other) || lacks(other, one);
}

/** A key that one of them needs takes different values: no value fits both. */
function areApart(one: ObjectNode, other: ObjectNode): boolean {
  return commonParts(one, other).some(
    ([left, right]) =>
      (inputPresence(left) === "required" || inputPresence(right) === "required") && areDisjoint(left, right),
  );
}

function areDisjoint(left: SchemaNode, right: SchemaNode): boolean {
  if (takesNull(left) && takesNull(right)) {
    return false;
  }
  const [one, other] = [unwrap(left), unwrap(right)];
  if ("values" in one && "values" in other) {
    return !one.values.some((value) => (other.values as readonly unknown[]).includes(value));
  }
  const [families, others] = [familiesOf(one), familiesOf(other)];
  return !families.some((family) => others.includes(family) || family === "any") && !others.includes("any");
}

function takesNull(node: SchemaNode): boolean {
  for (let at = node; "inner" in at; at = at.inner) {
    if (at.kind === "nullable") {
      return true;
    }
  }
  return node.kind === "null";
}

/** What kinds of value a node takes on the server. */
function familiesOf(node: SchemaNode): readonly string[] {
  switch (node.kind) {
    case "string":
    case "number":
    case "boolean":
    case "bigint":
    case "date":
    case "null":
    case "url":
    case "bytes":
    case "set":
    case "map":
      return [node.kind];
    case "literal":
    case "enum":
      return node.values.map((value) => (value === null ? "null" : typeof value));
    case "array":
    case "tuple":
      return ["array"];
    case "object":
      return ["object"];
    default:
      return ["any"];
  }
}

function unwrap(node: SchemaNode): SchemaNode {
  let at = node;
  for (let depth = 0; depth < 32 && "inner" in at; depth++) {
    at = at.inner;
  }
  return at;
}

const ids: WeakMap<SchemaNode, number> = new WeakMap();
let lastId = 0;

function idOf(node: SchemaNode): number {
  let id = ids.get(node);
  if (id === undefined) {
    id = ++lastId;
    ids.set(node, id);
  }
  return id;
}
