import {
  countLost,
  type DiscriminatedUnionNode,
  INVALID,
  type IntersectionNode,
  isObject,
  literalOnWire,
  mergeValues,
  readKey,
  type SchemaNode,
} from "@tenon/core/wire";
import type { Closer, Step } from "./closer.ts";
import type { Mode } from "./mode.ts";
import { hasRivals } from "./plan.ts";

/** The step of a union. */
export function closeUnion(closer: Closer, options: readonly SchemaNode[], mode: Mode): Step {
  const steps = options.map((option) => closer.step(option, mode));
  const [only] = steps;
  if (steps.length === 1 && only !== undefined) {
    return only;
  }
  return mode !== "decode" && hasRivals(options) ? closeBest(options, steps) : closeFirst(steps);
}

function closeFirst(steps: readonly Step[]): Step {
  return (value, depth) => {
    for (const step of steps) {
      const result = step(value, depth);
      if (result !== INVALID) {
        return result;
      }
    }
    return INVALID;
  };
}

function closeBest(options: readonly SchemaNode[], steps: readonly Step[]): Step {
  return (value, depth) => {
    let best: unknown = INVALID;
    let fewest = Number.POSITIVE_INFINITY;
    for (let index = 0; index < steps.length && fewest !== 0; index++) {
      const result = (steps[index] as Step)(value, depth);
      const lost = result === INVALID ? fewest : countLost(options[index] as SchemaNode, value, result);
      if (lost < fewest) {
        best = result;
        fewest = lost;
      }
    }
    return best;
  };
}

/** The step of a discriminated union. */
export function closeDiscriminated(
  closer: Closer,
  node: DiscriminatedUnionNode,
  mode: Mode,
  interpreted: Step,
): Step {
  const byTag = new Map<unknown, Step>();
  const tags = node.options.flatMap((option) => option.tags);
  for (const option of node.options) {
    for (const tag of option.tags) {
      // A tag that two options claim chooses neither.
      if (tags.filter((other) => other === tag).length === 1) {
        byTag.set(mode === "decode" ? literalOnWire(tag) : tag, closer.step(option.node, mode));
      }
    }
  }
  const fallback = closeFallback(closer, node, mode, interpreted);
  return (value, depth) => {
    if (!isObject(value)) {
      return INVALID;
    }
    const step = byTag.get(readKey(value, node.discriminator)) ?? fallback;
    return step(value, depth);
  };
}

function closeFallback(closer: Closer, node: DiscriminatedUnionNode, mode: Mode, interpreted: Step): Step {
  if (mode !== "decode") {
    return interpreted;
  }
  return node.fallsBack
    ? closeFirst(node.options.map((option) => closer.step(option.node, mode)))
    : () => INVALID;
}

/** The step of an intersection whose sides accept each other's keys. */
export function closeIntersection(closer: Closer, node: IntersectionNode, mode: Mode): Step {
  const leftStep = closer.step(node.left, mode);
  const rightStep = closer.step(node.right, mode);
  return (value, depth) => {
    const left = leftStep(value, depth);
    const right = left === INVALID ? INVALID : rightStep(value, depth);
    const merged = right === INVALID ? undefined : mergeValues(left, right);
    return merged === undefined ? INVALID : merged.value;
  };
}
