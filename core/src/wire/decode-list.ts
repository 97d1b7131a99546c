import type { MaybePromise } from "../schema/issue.ts";
import type { ArrayNode, MapNode, SchemaNode, SetNode, TupleNode } from "../schema/node.ts";
import { duplicateKey, tooDeep, wrongType } from "./complain.ts";
import { refuseOversized } from "./list-size.ts";
import { all, chain } from "./maybe-promise.ts";
import { accepted, adopt, type Outcome, type Run, refused } from "./outcome.ts";
import { assembleTuple, refuseTupleLength } from "./tuple.ts";
import { WIRE_TYPES } from "./wire-type.ts";

/** Decodes an array. */
export function decodeArray(node: ArrayNode, input: unknown, depth: number, run: Run): MaybePromise<Outcome> {
  return chain(decodeItems(node, node.element, input, depth, run), ({ list }) => list);
}

/** Decodes a set from the array that carries it; what occurs twice there is once in the set. */
export function decodeSet(node: SetNode, input: unknown, depth: number, run: Run): MaybePromise<Outcome> {
  return chain(decodeItems(node, node.element, input, depth, run), ({ list, isList }) => {
    if (isList) {
      list.value = new Set(list.value as unknown[]);
    }
    return list;
  });
}

/** Decodes a tuple; items at its end may be absent where their schemas allow it. */
export function decodeTuple(node: TupleNode, input: unknown, depth: number, run: Run): MaybePromise<Outcome> {
  const refusal = refuseList(node, input, depth, run);
  if (refusal !== undefined) {
    return refusal;
  }
  const values = input as readonly unknown[];
  const wrongLength = refuseTupleLength(node, values);
  if (wrongLength?.isAborted === true) {
    return wrongLength;
  }
  const items: MaybePromise<Outcome>[] = node.items.map((item, index) =>
    run.visit(item, values[index], depth + 1, run),
  );
  let found = 0;
  for (let index = node.items.length; node.rest !== undefined && index < values.length; index++) {
    if (found > run.issueLimit) {
      break;
    }
    const outcome = run.visit(node.rest, values[index], depth + 1, run);
    found += outcome instanceof Promise ? 0 : outcome.complaints.length;
    items.push(outcome);
  }
  return chain(all(items), (outcomes) => assembleTuple(node, values.length, outcomes, wrongLength));
}

/** Decodes a map from the array of entries that carries it. */
export function decodeMap(node: MapNode, input: unknown, depth: number, run: Run): MaybePromise<Outcome> {
  const refusal = refuseList(node, input, depth, run, WIRE_TYPES.map.expected);
  if (refusal !== undefined) {
    return refusal;
  }
  const pending: MaybePromise<readonly Outcome[]>[] = [];
  let found = 0;
  for (const entry of input as readonly unknown[]) {
    if (found > run.issueLimit) {
      break;
    }
    const next = decodeMapEntry(node, entry, depth + 1, run);
    pending.push(next);
    found += next instanceof Promise ? 0 : next.reduce((sum, part) => sum + part.complaints.length, 0);
  }
  return chain(all(pending), assembleMap);
}

function decodeMapEntry(
  node: MapNode,
  entry: unknown,
  depth: number,
  run: Run,
): MaybePromise<readonly Outcome[]> {
  if (!Array.isArray(entry) || entry.length !== 2) {
    return [refused(entry, wrongType(node, "a [key, value] entry", entry))];
  }
  if (depth >= run.depthLimit) {
    return [refused(entry, tooDeep(run.depthLimit))];
  }
  return all([
    run.visit(node.key, entry[0], depth + 1, run),
    run.visit(node.value, entry[1], depth + 1, run),
  ]);
}

function assembleMap(entries: readonly (readonly Outcome[])[]): Outcome {
  const map = new Map<unknown, unknown>();
  const outcome = accepted(map);
  for (const [index, [key, value]] of entries.entries()) {
    if (key === undefined || value === undefined) {
      adopt(outcome, key as Outcome, index);
      continue;
    }
    adopt(outcome, key, index, 0);
    adopt(outcome, value, index, 1);
    if (key.complaints.length === 0 && map.has(key.value)) {
      adopt(outcome, refused(undefined, duplicateKey()), index, 0);
    }
    map.set(key.value, value.value);
  }
  return outcome;
}

function decodeItems(
  node: SchemaNode,
  element: SchemaNode,
  input: unknown,
  depth: number,
  run: Run,
): MaybePromise<{ readonly list: Outcome; readonly isList: boolean }> {
  const refusal = refuseList(node, input, depth, run) ?? refuseLong(node, input);
  if (refusal !== undefined) {
    return { list: refusal, isList: false };
  }
  const pending: MaybePromise<Outcome>[] = [];
  let found = 0;
  for (const item of input as readonly unknown[]) {
    if (found > run.issueLimit) {
      break;
    }
    const outcome = run.visit(element, item, depth + 1, run);
    found += outcome instanceof Promise ? 0 : outcome.complaints.length;
    pending.push(outcome);
  }
  return chain(all(pending), (outcomes) => {
    const list = accepted(outcomes.map((outcome) => outcome.value));
    for (const [index, outcome] of outcomes.entries()) {
      adopt(list, outcome, index);
    }
    return { list, isList: true };
  });
}

function refuseList(
  node: SchemaNode,
  input: unknown,
  depth: number,
  run: Run,
  expected = "array",
): Outcome | undefined {
  if (!Array.isArray(input)) {
    return refused(input, wrongType(node, expected, input));
  }
  return depth >= run.depthLimit ? refused(input, tooDeep(run.depthLimit)) : undefined;
}

function refuseLong(node: SchemaNode, input: unknown): Outcome | undefined {
  return node.kind === "array" ? refuseOversized(node, input as readonly unknown[]) : undefined;
}
