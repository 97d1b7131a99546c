import {
  inputPresence,
  INVALID,
  isInheritedKey,
  isObject,
  isOptionalOut,
  type ObjectNode,
  readKey,
  type RecordNode,
  type SchemaNode,
} from "@tenon/core/wire";
import { copyStep, isSafe } from "./close-scalar.ts";
import type { Closer, Step } from "./closer.ts";
import type { Mode } from "./mode.ts";
import { acceptsUndefined } from "./plan.ts";

/** The step of an object. */
export function closeObject(closer: Closer, node: ObjectNode, mode: Mode): Step {
  const keys = node.properties.map((property) => property.key);
  const steps = node.properties.map((property) => closeProperty(closer, property.node, mode));
  const read = keys.some(isInheritedKey) ? readKey : undefined;
  const rest = closeUnknownKeys(closer, node, new Set(keys), mode);
  const { depthLimit } = closer;
  return (value, depth) => {
    if (!isObject(value) || depth >= depthLimit) {
      return INVALID;
    }
    const result: Record<string, unknown> = {};
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index] as string;
      const part = (steps[index] as Step)(read === undefined ? value[key] : read(value, key), depth + 1);
      if (part === INVALID) {
        return INVALID;
      }
      if (part !== undefined) {
        result[key] = part;
      }
    }
    return rest === undefined || rest(value, depth, result) ? result : INVALID;
  };
}

function closeProperty(closer: Closer, node: SchemaNode, mode: Mode): Step {
  const step = closer.step(node, mode);
  const presence = inputPresence(node);
  if (presence === "required") {
    return acceptsUndefined(node)
      ? (value, depth) => (value === undefined ? INVALID : step(value, depth))
      : step;
  }
  const isForgiven = isOptionalOut(node);
  if (presence === "optional" && isForgiven) {
    return (value, depth) => (value === undefined ? undefined : step(value, depth));
  }
  return isForgiven ? forgive(step) : step;
}

/** Takes a failure over nothing as nothing. */
export function forgive(step: Step): Step {
  return (value, depth) => {
    const result = step(value, depth);
    return result === INVALID && value === undefined ? undefined : result;
  };
}

type Rest = (
  value: Readonly<Record<string, unknown>>,
  depth: number,
  result: Record<string, unknown>,
) => boolean;

function closeUnknownKeys(
  closer: Closer,
  node: ObjectNode,
  known: ReadonlySet<string>,
  mode: Mode,
): Rest | undefined {
  const isDecoding = mode === "decode";
  if (node.unknownKeys === "strip" || (node.unknownKeys === "strict" && !isDecoding)) {
    return undefined;
  }
  if (node.unknownKeys === "strict") {
    return (value) => Object.keys(value).every((key) => known.has(key));
  }
  const step =
    node.unknownKeys === "passthrough" ? passStep(closer, mode) : closer.step(node.unknownKeys, mode);
  return (value, depth, result) => {
    for (const key of Object.keys(value)) {
      if (known.has(key)) {
        continue;
      }
      if (key === "__proto__") {
        if (isDecoding) {
          return false;
        }
        continue;
      }
      const part = step(value[key], depth + 1);
      if (part === INVALID) {
        return false;
      }
      if (part !== undefined) {
        result[key] = part;
      }
    }
    return true;
  };
}

function passStep(closer: Closer, mode: Mode): Step {
  return mode === "decode"
    ? (value, depth) => (isSafe(closer, value, depth) ? value : INVALID)
    : copyStep(closer, mode);
}

/** The step of a record whose keys are texts. */
export function closeRecord(closer: Closer, node: RecordNode, mode: Mode): Step {
  const keyStep = closer.step(node.key, "decode");
  const step = closer.step(node.value, mode);
  return (value, depth) => {
    if (!isObject(value) || depth >= closer.depthLimit) {
      return INVALID;
    }
    const result: Record<string, unknown> = {};
    for (const key of Object.keys(value)) {
      if (key === "__proto__") {
        if (mode === "decode") {
          return INVALID;
        }
        continue;
      }
      const writeKey = keyStep(key, depth);
      const part = writeKey === INVALID ? INVALID : step(value[key], depth + 1);
      if (part === INVALID) {
        return INVALID;
      }
      if (part !== undefined && writeKey !== "__proto__") {
        result[writeKey as string] = part;
      }
    }
    return result;
  };
}
