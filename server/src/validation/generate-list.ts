import { type ArrayNode, leadingLimits, type MapNode, type SetNode, type TupleNode } from "@tenon/core/wire";
import { type Emitter, inside, type Place, writeDepthGuard } from "./emitter.ts";

/** Writes an array. One whose items stay as they are is not copied. */
export function writeArray(emitter: Emitter, node: ArrayNode, value: string, place: Place): string {
  const { source } = emitter;
  source.refuseIf(`!Array.isArray(${value})`);
  writeDepthGuard(emitter, place);
  const length = source.declare(`${value}.length`);
  for (const check of leadingLimits(node.checks)) {
    source.refuseIf(`${length} > ${check.limit}`);
  }
  const index = source.variable();
  const item = source.variable();
  let written = "";
  const body = source.apart(() => {
    written = emitter.write(node.element, item, inside(place));
    refuseHole(emitter, written, place);
  });
  const keepsList = written === item && place.mode !== "rich";
  const list = keepsList ? value : source.declare(`new Array(${length})`);
  source.line(`for (let ${index} = 0; ${index} < ${length}; ${index}++) {`);
  source.line(`const ${item} = ${value}[${index}];`);
  source.lines.push(...body);
  if (!keepsList) {
    source.line(`${list}[${index}] = ${written};`);
  }
  source.line("}");
  return list;
}

/** Writes a set, as a set. */
export function writeSet(emitter: Emitter, node: SetNode, value: string, place: Place): string {
  const { source } = emitter;
  const isDecoding = place.mode === "decode";
  source.refuseIf(isDecoding ? `!Array.isArray(${value})` : `!(${value} instanceof Set)`);
  writeDepthGuard(emitter, place);
  const set = source.declare("new Set()");
  const item = source.variable();
  source.line(`for (const ${item} of ${value}) {`);
  const written = emitter.write(node.element, item, inside(place));
  refuseHole(emitter, written, place);
  source.line(`${set}.add(${written});`);
  source.line("}");
  return set;
}

/** Writes a map, as a map. */
export function writeMap(emitter: Emitter, node: MapNode, value: string, place: Place): string {
  const { source } = emitter;
  const isDecoding = place.mode === "decode";
  source.refuseIf(isDecoding ? `!Array.isArray(${value})` : `!(${value} instanceof Map)`);
  writeDepthGuard(emitter, place);
  const map = source.declare("new Map()");
  const entry = source.variable();
  source.line(`for (const ${entry} of ${value}) {`);
  if (isDecoding) {
    source.refuseIf(`!Array.isArray(${entry}) || ${entry}.length !== 2`);
  }
  writeDepthGuard(emitter, inside(place));
  const key = emitter.write(node.key, source.declare(`${entry}[0]`), inside(place, 2));
  refuseHole(emitter, key, place);
  if (isDecoding) {
    source.refuseIf(`${map}.has(${key})`);
  }
  const item = emitter.write(node.value, source.declare(`${entry}[1]`), inside(place, 2));
  refuseHole(emitter, item, place);
  source.line(`${map}.set(${key}, ${item});`);
  source.line("}");
  return map;
}

/** Writes a tuple that has no optional items. */
export function writeTuple(emitter: Emitter, node: TupleNode, value: string, place: Place): string {
  const { source } = emitter;
  const count = node.items.length;
  source.refuseIf(`!Array.isArray(${value})`);
  writeDepthGuard(emitter, place);
  source.refuseIf(`${value}.length ${node.rest === undefined ? "!==" : "<"} ${count}`);
  const items = node.items.map((item, index) => {
    const written = emitter.write(item, source.declare(`${value}[${index}]`), inside(place));
    refuseHole(emitter, written, place);
    return written;
  });
  const tuple = source.declare(`[${items.join(", ")}]`);
  if (node.rest !== undefined) {
    const index = source.variable();
    source.line(`for (let ${index} = ${count}; ${index} < ${value}.length; ${index}++) {`);
    const written = emitter.write(node.rest, source.declare(`${value}[${index}]`), inside(place));
    refuseHole(emitter, written, place);
    source.line(`${tuple}.push(${written});`);
    source.line("}");
  }
  return tuple;
}

// JSON would carry `null` where a list holds nothing.
function refuseHole(emitter: Emitter, written: string, place: Place): void {
  if (place.mode !== "decode") {
    emitter.source.refuseIf(`${written} === undefined`);
  }
}
