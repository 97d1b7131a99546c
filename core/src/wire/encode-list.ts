import type { MaybePromise } from "../schema/issue.ts";
import type { ArrayNode, MapNode, SchemaNode, SetNode, TupleNode } from "../schema/node.ts";
import { complaintOf, tooDeep, wrongType } from "./complain.ts";
import { encodedAs } from "./encode-scalar.ts";
import { refuseOversized } from "./list-size.ts";
import { all, chain } from "./maybe-promise.ts";
import { adopt, type Encoded, type Run, refused } from "./outcome.ts";
import { assembleTuple, refuseTupleLength } from "./tuple.ts";

/** Encodes an array. */
export function encodeArray(
  node: ArrayNode,
  value: unknown,
  depth: number,
  run: Run<Encoded>,
): MaybePromise<Encoded> {
  if (!Array.isArray(value)) {
    return encodedAs(refused(value, wrongType(node, "array", value)));
  }
  const refusal = refuseDeep(value, depth, run) ?? asEncoded(refuseOversized(node, value));
  return refusal ?? encodeItems(node.element, value, depth, run);
}

/** Encodes a set; it stays a set until it is written. */
export function encodeSet(
  node: SetNode,
  value: unknown,
  depth: number,
  run: Run<Encoded>,
): MaybePromise<Encoded> {
  if (!(value instanceof Set)) {
    return encodedAs(refused(value, wrongType(node, "set", value)));
  }
  const refusal = refuseDeep(value, depth, run);
  if (refusal !== undefined) {
    return refusal;
  }
  return chain(encodeItems(node.element, [...value], depth, run), (list) => ({
    ...list,
    value: new Set(list.value as unknown[]),
    rich: new Set(list.rich as unknown[]),
  }));
}

/** Encodes a tuple. */
export function encodeTuple(
  node: TupleNode,
  value: unknown,
  depth: number,
  run: Run<Encoded>,
): MaybePromise<Encoded> {
  if (!Array.isArray(value)) {
    return encodedAs(refused(value, wrongType(node, "array", value)));
  }
  const wrongLength = refuseTupleLength(node, value);
  const refusal =
    refuseDeep(value, depth, run) ?? (wrongLength?.isAborted ? asEncoded(wrongLength) : undefined);
  if (refusal !== undefined) {
    return refusal;
  }
  const { rest } = node;
  const items: MaybePromise<Encoded>[] = node.items.map((item, index) =>
    run.visit(item, value[index], depth + 1, run),
  );
  if (rest !== undefined) {
    for (const item of value.slice(node.items.length)) {
      items.push(run.visit(rest, item, depth + 1, run));
    }
  }
  return chain(all(items), (parts) => {
    const tuple = assembleTuple(node, value.length, parts, wrongLength);
    const { length } = tuple.value as unknown[];
    const rich = parts.slice(0, length).map((part) => part.rich);
    return refuseHoles({ ...tuple, rich });
  });
}

/** Encodes a map; it stays a map until it is written. */
export function encodeMap(
  node: MapNode,
  value: unknown,
  depth: number,
  run: Run<Encoded>,
): MaybePromise<Encoded> {
  if (!(value instanceof Map)) {
    return encodedAs(refused(value, wrongType(node, "map", value)));
  }
  const refusal =
    refuseDeep(value, depth, run) ?? (value.size > 0 ? refuseDeep(value, depth + 1, run) : undefined);
  if (refusal !== undefined) {
    return refusal;
  }
  const sides = [...value].map(([key, item]) =>
    all([run.visit(node.key, key, depth + 2, run), run.visit(node.value, item, depth + 2, run)]),
  );
  return chain(all(sides), assembleMap);
}

function assembleMap(entries: readonly (readonly Encoded[])[]): Encoded {
  const clean = new Map<unknown, unknown>();
  const rich = new Map<unknown, unknown>();
  const map: Encoded = { value: clean, rich, complaints: [] };
  for (const [index, sides] of entries.entries()) {
    for (const [side, part] of sides.entries()) {
      adopt(map, part, index, side);
      if (part.complaints.length === 0 && part.rich === undefined) {
        adopt(map, refuseHole(), index, side);
      }
    }
    const [key, item] = sides;
    clean.set(key?.value, item?.value);
    rich.set(key?.rich, item?.rich);
  }
  return map;
}

function encodeItems(
  element: SchemaNode,
  values: readonly unknown[],
  depth: number,
  run: Run<Encoded>,
): MaybePromise<Encoded> {
  const pending = Array.from(values, (item) => run.visit(element, item, depth + 1, run));
  return chain(all(pending), (parts) => {
    const list: Encoded = {
      value: parts.map((part) => part.value),
      rich: parts.map((part) => part.rich),
      complaints: [],
    };
    for (const [index, part] of parts.entries()) {
      adopt(list, part, index);
    }
    return refuseHoles(list);
  });
}

// JSON would carry `null` where a list holds nothing, which its schema does not promise.
function refuseHoles(list: Encoded): Encoded {
  if (list.complaints.length === 0) {
    const hole = (list.rich as unknown[]).indexOf(undefined);
    if (hole >= 0) {
      adopt(list, refuseHole(), hole);
    }
  }
  return list;
}

function refuseHole(): Encoded {
  return encodedAs(refused(undefined, complaintOf("A list cannot hold an absent value")));
}

function refuseDeep(value: unknown, depth: number, run: Run<Encoded>): Encoded | undefined {
  return depth >= run.depthLimit ? encodedAs(refused(value, tooDeep(run.depthLimit))) : undefined;
}

function asEncoded(outcome: ReturnType<typeof refuseOversized>): Encoded | undefined {
  return outcome === undefined ? undefined : encodedAs(outcome);
}
