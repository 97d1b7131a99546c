import { INVALID, type SchemaNode, toWire } from "@tenon/core/wire";
import { closeChecks } from "./close-checks.ts";
import { closeArray, closeMap, closeSet, closeTuple } from "./close-list.ts";
import { closeObject, closeRecord } from "./close-object.ts";
import { closeScalar } from "./close-scalar.ts";
import { closeDiscriminated, closeIntersection, closeUnion } from "./close-union.ts";
import {
  closeCatch,
  closeCodec,
  closeDefault,
  closePipe,
  closeTransform,
  closeWrapper,
} from "./close-wrapper.ts";
import type { Closer, Step } from "./closer.ts";
import { interpret } from "./fall-back.ts";
import type { CompiledState, Mode } from "./mode.ts";
import { choose, isScalar } from "./strategy.ts";

/** Builds closures for a node, for hosts that let no source text become a function. */
export function close(
  node: SchemaNode,
  mode: Mode,
  depthLimit: number,
  state: CompiledState,
): (value: unknown) => unknown {
  const steps: Record<Mode, Map<SchemaNode, Step>> = { decode: new Map(), plain: new Map(), rich: new Map() };
  const closer: Closer = {
    state,
    depthLimit,
    step: (inner, wanted) => {
      const known = steps[wanted].get(inner);
      if (known !== undefined) {
        return known;
      }
      // A schema that contains itself meets this while its own step is being built.
      let built: Step | undefined;
      steps[wanted].set(inner, (value, depth) => (built as Step)(value, depth));
      built = closeNode(closer, inner, wanted);
      steps[wanted].set(inner, built);
      return built;
    },
  };
  const step = closer.step(node, mode);
  return (value) => step(value, 0);
}

function closeNode(closer: Closer, node: SchemaNode, mode: Mode): Step {
  switch (choose(node, mode)) {
    case "interpret":
      return interpretStep(closer, node, mode);
    case "lower": {
      const rich = closer.step(node, "rich");
      return (value, depth) => {
        const result = rich(value, depth);
        return result === INVALID ? INVALID : toWire(result);
      };
    }
    case "compile":
      return closeCompiled(closer, node, mode);
  }
}

function closeCompiled(closer: Closer, node: SchemaNode, mode: Mode): Step {
  if (isScalar(node)) {
    return closeScalar(closer, node, mode) ?? interpretStep(closer, node, mode);
  }
  const step = closeKind(closer, node, mode);
  const checks = closeChecks(node.checks, closer.state);
  if (checks === undefined) {
    return step;
  }
  const interpreted = interpretStep(closer, node, mode);
  return (value, depth) => {
    const result = step(value, depth);
    const checked = result === INVALID ? INVALID : checks(result);
    // A check that puts another value in the place of a whole is left to the interpreter.
    const isReplaced = mode !== "decode" && checked !== INVALID && checked !== result;
    return isReplaced ? interpreted(value, depth) : checked;
  };
}

function closeKind(closer: Closer, node: SchemaNode, mode: Mode): Step {
  switch (node.kind) {
    case "object":
      return closeObject(closer, node, mode);
    case "record":
      return closeRecord(closer, node, mode);
    case "array":
      return closeArray(closer, node, mode);
    case "set":
      return closeSet(closer, node, mode);
    case "map":
      return closeMap(closer, node, mode);
    case "tuple":
      return closeTuple(closer, node, mode);
    case "union":
      return closeUnion(closer, node.options, mode);
    case "discriminatedUnion":
      return closeDiscriminated(closer, node, mode, interpretStep(closer, node, mode));
    case "intersection":
      return closeIntersection(closer, node, mode);
    case "default":
    case "prefault":
      return closeDefault(closer, node, mode);
    case "catch":
      return closeCatch(closer, node, mode, interpretStep(closer, node, mode));
    case "codec":
      return closeCodec(closer, node, mode);
    case "pipe":
      return closePipe(closer, node, mode);
    case "preprocess":
    case "transform":
      return closeTransform(closer, node, mode);
    case "optional":
    case "nullable":
    case "nonoptional":
    case "readonly":
    case "lazy":
      return closeWrapper(closer, node, mode);
    default:
      return interpretStep(closer, node, mode);
  }
}

function interpretStep(closer: Closer, node: SchemaNode, mode: Mode): Step {
  return (value, depth) => interpret(node, mode, value, closer.depthLimit - depth, closer.state);
}
