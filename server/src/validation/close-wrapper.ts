import {
  type CatchNode,
  type CodecNode,
  type DefaultNode,
  freeze,
  inputPresence,
  INVALID,
  type PipeNode,
  type PreprocessNode,
  runFunction,
  type TransformNode,
  validate,
  validateBack,
  type WrapperNode,
} from "@tenon/core/wire";
import { forgive } from "./close-object.ts";
import { isSafe } from "./close-scalar.ts";
import type { Closer, Step } from "./closer.ts";
import type { Mode } from "./mode.ts";
import { settle } from "./run-check.ts";

/** The step of the kinds that change how absence, null or mutability is treated. */
export function closeWrapper(closer: Closer, node: WrapperNode, mode: Mode): Step {
  const inner = closer.step(node.inner, mode);
  switch (node.kind) {
    case "lazy":
      return inner;
    case "nullable":
      return (value, depth) => (value === null ? null : inner(value, depth));
    case "optional":
      return inputPresence(node.inner) === "defaulted"
        ? forgive(inner)
        : (value, depth) => (value === undefined ? undefined : inner(value, depth));
    case "nonoptional":
      return (value, depth) => {
        const result = inner(value, depth);
        return result === undefined ? INVALID : result;
      };
    case "readonly":
      return mode === "decode" ? (value, depth) => freeze(inner(value, depth)) : inner;
  }
}

/** The step of a default or prefault. */
export function closeDefault(closer: Closer, node: DefaultNode, mode: Mode): Step {
  const inner = closer.step(node.inner, mode);
  const { state } = closer;
  if (node.kind === "prefault") {
    return (value, depth) => {
      if (value !== undefined) {
        return inner(value, depth);
      }
      const filled = settle(validate(node.inner, node.makeValue()), state);
      return filled === INVALID || mode === "decode" ? filled : inner(filled, depth);
    };
  }
  if (mode !== "decode") {
    return (value, depth) => {
      const filled = value === undefined ? node.makeValue() : value;
      return filled === undefined ? undefined : inner(filled, depth);
    };
  }
  return (value, depth) => {
    const result = value === undefined ? undefined : inner(value, depth);
    return result === undefined ? node.makeValue() : result;
  };
}

/** The step of a catch: its inner form, and the interpreter for the value that takes its place. */
export function closeCatch(closer: Closer, node: CatchNode, mode: Mode, interpreted: Step): Step {
  const inner = closer.step(node.inner, mode);
  return (value, depth) => {
    const result = inner(value, depth);
    return result === INVALID ? interpreted(value, depth) : result;
  };
}

/** The step of a codec. */
export function closeCodec(closer: Closer, node: CodecNode, mode: Mode): Step {
  const inner = closer.step(node.in, mode);
  const { state } = closer;
  if (mode === "decode") {
    return (value, depth) => {
      const left = inner(value, depth);
      const decoded = left === INVALID ? left : settle(runFunction(node.decode, node.schema, left), state);
      return decoded === INVALID ? decoded : settle(validate(node.out, decoded), state);
    };
  }
  return (value, depth) => {
    const right = settle(validateBack(node.out.schema, value), state);
    const encoded = right === INVALID ? right : settle(runFunction(node.encode, node.schema, right), state);
    return encoded === INVALID ? encoded : inner(encoded, depth);
  };
}

/** The step of a pipe. */
export function closePipe(closer: Closer, node: PipeNode, mode: Mode): Step {
  const inner = closer.step(node.in, mode);
  const { state } = closer;
  if (mode === "decode") {
    return (value, depth) => {
      const left = inner(value, depth);
      return left === INVALID ? left : settle(validate(node.out, left), state);
    };
  }
  return (value, depth) => {
    const right = settle(validateBack(node.out.schema, value), state);
    return right === INVALID ? right : inner(right, depth);
  };
}

/** The step of a preprocess or a lone transform, which only decode. */
export function closeTransform(closer: Closer, node: PreprocessNode | TransformNode, mode: Mode): Step {
  if (mode !== "decode") {
    return () => INVALID;
  }
  const { state } = closer;
  return (value, depth) => {
    if (!isSafe(closer, value, depth)) {
      return INVALID;
    }
    if (node.kind === "transform") {
      return settle(runFunction(node.transform, node.schema, value), state);
    }
    const left = settle(validate(node.in, value), state);
    return left === INVALID ? left : settle(validate(node.out, left), state);
  };
}
