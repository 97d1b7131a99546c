import {
  type ArrayNode,
  INVALID,
  leadingLimits,
  type MapNode,
  type SetNode,
  type TupleNode,
} from "@tenon/core/wire";
import type { Closer, Step } from "./closer.ts";
import type { Mode } from "./mode.ts";

/** The step of an array. */
export function closeArray(closer: Closer, node: ArrayNode, mode: Mode): Step {
  const step = closeItem(closer.step(node.element, mode), mode);
  const limit = Math.min(...leadingLimits(node.checks).map((check) => check.limit));
  return (value, depth) => {
    if (!Array.isArray(value) || depth >= closer.depthLimit || value.length > limit) {
      return INVALID;
    }
    const list: unknown[] = [];
    for (let index = 0; index < value.length; index++) {
      const item = step(value[index], depth + 1);
      if (item === INVALID) {
        return INVALID;
      }
      list.push(item);
    }
    return list;
  };
}

/** The step of a set, to a set. */
export function closeSet(closer: Closer, node: SetNode, mode: Mode): Step {
  const step = closeItem(closer.step(node.element, mode), mode);
  return (value, depth) => {
    const isList = mode === "decode" ? Array.isArray(value) : value instanceof Set;
    if (!isList || depth >= closer.depthLimit) {
      return INVALID;
    }
    const set = new Set<unknown>();
    for (const item of value as Iterable<unknown>) {
      const part = step(item, depth + 1);
      if (part === INVALID) {
        return INVALID;
      }
      set.add(part);
    }
    return set;
  };
}

/** The step of a map, to a map. */
export function closeMap(closer: Closer, node: MapNode, mode: Mode): Step {
  const keyStep = closeItem(closer.step(node.key, mode), mode);
  const step = closeItem(closer.step(node.value, mode), mode);
  const isDecoding = mode === "decode";
  return (value, depth) => {
    const isList = isDecoding ? Array.isArray(value) : value instanceof Map;
    if (!isList || depth >= closer.depthLimit) {
      return INVALID;
    }
    const map = new Map<unknown, unknown>();
    for (const entry of value as Iterable<unknown>) {
      if (!Array.isArray(entry) || entry.length !== 2 || depth + 1 >= closer.depthLimit) {
        return INVALID;
      }
      const key = keyStep(entry[0], depth + 2);
      const item = key === INVALID || (isDecoding && map.has(key)) ? INVALID : step(entry[1], depth + 2);
      if (item === INVALID) {
        return INVALID;
      }
      map.set(key, item);
    }
    return map;
  };
}

/** The step of a tuple without optional items. */
export function closeTuple(closer: Closer, node: TupleNode, mode: Mode): Step {
  const steps = node.items.map((item) => closeItem(closer.step(item, mode), mode));
  const rest = node.rest === undefined ? undefined : closeItem(closer.step(node.rest, mode), mode);
  return (value, depth) => {
    if (!Array.isArray(value) || depth >= closer.depthLimit || value.length < steps.length) {
      return INVALID;
    }
    const tuple: unknown[] = [];
    for (let index = 0; index < value.length; index++) {
      const item = (steps[index] ?? rest ?? refuse)(value[index], depth + 1);
      if (item === INVALID) {
        return INVALID;
      }
      tuple.push(item);
    }
    return tuple;
  };
}

// JSON would carry `null` where a list holds nothing.
function closeItem(step: Step, mode: Mode): Step {
  if (mode === "decode") {
    return step;
  }
  return (value, depth) => {
    const item = step(value, depth);
    return item === undefined ? INVALID : item;
  };
}

function refuse(): unknown {
  return INVALID;
}
