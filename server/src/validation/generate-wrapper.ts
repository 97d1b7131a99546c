import {
  type CatchNode,
  type CodecNode,
  type DefaultNode,
  freeze,
  inputPresence,
  type PipeNode,
  type PreprocessNode,
  runFunction,
  type SchemaNode,
  type TransformNode,
  validate,
  validateBack,
  type WrapperNode,
} from "@tenon/core/wire";
import { callText, type Emitter, type Place } from "./emitter.ts";
import { writeSafetyGuard } from "./generate-scalar.ts";
import { settle } from "./run-check.ts";

/** Writes the kinds that change how absence, null or mutability is treated. */
export function writeWrapper(emitter: Emitter, node: WrapperNode, value: string, place: Place): string {
  const { source } = emitter;
  switch (node.kind) {
    case "lazy":
      return emitter.write(node.inner, value, place);
    case "nullable":
      return writeUnless(emitter, `${value} === null`, "null", node.inner, value, place);
    case "optional":
      if (inputPresence(node.inner) !== "defaulted") {
        return writeUnless(emitter, `${value} === undefined`, "undefined", node.inner, value, place);
      }
      return writeForgiven(emitter, node.inner, value, place);
    case "nonoptional": {
      const result = emitter.write(node.inner, value, place);
      source.refuseIf(`${result} === undefined`);
      return result;
    }
    case "readonly": {
      const result = emitter.write(node.inner, value, place);
      return place.mode === "decode" ? source.declare(`${source.constant(freeze)}(${result})`) : result;
    }
  }
}

// A default behind an optional fills absence in; should it fail, absence stays.
function writeForgiven(emitter: Emitter, inner: SchemaNode, value: string, place: Place): string {
  const { source } = emitter;
  const result = source.declare(callText(emitter, inner, value, place), "let");
  source.line(
    `if (${result} === INVALID) { if (${value} !== undefined) return INVALID; ${result} = undefined; }`,
  );
  return result;
}

function writeUnless(
  emitter: Emitter,
  condition: string,
  otherwise: string,
  inner: SchemaNode,
  value: string,
  place: Place,
): string {
  const { source } = emitter;
  let written = "";
  const body = source.apart(() => {
    written = emitter.write(inner, value, place);
  });
  if (written === value) {
    // The value stays as it is either way.
    source.line(`if (!(${condition})) {`);
    source.lines.push(...body);
    source.line("}");
    return value;
  }
  const result = source.declare(otherwise, "let");
  source.line(`if (!(${condition})) {`);
  source.lines.push(...body);
  source.line(`${result} = ${written};`);
  source.line("}");
  return result;
}

/** Writes a default or prefault. */
export function writeDefault(emitter: Emitter, node: DefaultNode, value: string, place: Place): string {
  const { source } = emitter;
  const make = `${source.constant(node.makeValue)}()`;
  if (place.mode !== "decode") {
    const filled = source.declare(value, "let");
    source.line(`if (${filled} === undefined) {`);
    source.line(`${filled} = ${make};`);
    if (node.kind === "prefault") {
      writeSettled(
        emitter,
        `${source.constant(validate)}(${source.constant(node.inner)}, ${filled})`,
        filled,
      );
    }
    source.line("}");
    return node.kind === "prefault"
      ? emitter.write(node.inner, filled, place)
      : writeUnless(emitter, `${filled} === undefined`, "undefined", node.inner, filled, place);
  }
  const result = source.declare("undefined", "let");
  source.line(`if (${value} === undefined) {`);
  if (node.kind === "prefault") {
    writeSettled(emitter, `${source.constant(validate)}(${source.constant(node.inner)}, ${make})`, result);
  } else {
    source.line(`${result} = ${make};`);
  }
  source.line("} else {");
  source.line(`${result} = ${emitter.write(node.inner, value, place)};`);
  if (node.kind === "default") {
    source.line(`if (${result} === undefined) ${result} = ${make};`);
  }
  source.line("}");
  return result;
}

/** Writes a catch: its inner form, and the interpreter for the value that takes its place. */
export function writeCatch(
  emitter: Emitter,
  node: CatchNode,
  value: string,
  place: Place,
  fallback: string,
): string {
  const { source } = emitter;
  const result = source.declare(callText(emitter, node.inner, value, place), "let");
  source.line(
    `if (${result} === INVALID) { ${result} = ${fallback}; if (${result} === INVALID) return INVALID; }`,
  );
  return result;
}

/** Writes a codec: the wire side inline, the rest by calling it. */
export function writeCodec(emitter: Emitter, node: CodecNode, value: string, place: Place): string {
  const { source } = emitter;
  const schema = source.constant(node.schema);
  const call = source.constant(runFunction);
  if (place.mode === "decode") {
    const left = emitter.write(node.in, value, place);
    const decoded = declareSettled(emitter, `${call}(${source.constant(node.decode)}, ${schema}, ${left})`);
    return declareSettled(emitter, `${source.constant(validate)}(${source.constant(node.out)}, ${decoded})`);
  }
  const right = writeBack(emitter, node, value);
  const encoded = declareSettled(emitter, `${call}(${source.constant(node.encode)}, ${schema}, ${right})`);
  return emitter.write(node.in, encoded, place);
}

/** Writes a pipe: its input inline, its output by asking zod. */
export function writePipe(emitter: Emitter, node: PipeNode, value: string, place: Place): string {
  const { source } = emitter;
  if (place.mode !== "decode") {
    return emitter.write(node.in, writeBack(emitter, node, value), place);
  }
  const left = emitter.write(node.in, value, place);
  return declareSettled(emitter, `${source.constant(validate)}(${source.constant(node.out)}, ${left})`);
}

/** Writes a preprocess or a lone transform, which only decode. */
export function writeTransform(
  emitter: Emitter,
  node: PreprocessNode | TransformNode,
  value: string,
  place: Place,
): string {
  const { source } = emitter;
  if (place.mode !== "decode") {
    source.line("return INVALID;");
    return value;
  }
  writeSafetyGuard(emitter, value, place);
  if (node.kind === "transform") {
    const call = source.constant(runFunction);
    const transform = source.constant(node.transform);
    return declareSettled(emitter, `${call}(${transform}, ${source.constant(node.schema)}, ${value})`);
  }
  const check = source.constant(validate);
  const left = declareSettled(emitter, `${check}(${source.constant(node.in)}, ${value})`);
  return declareSettled(emitter, `${check}(${source.constant(node.out)}, ${left})`);
}

function writeBack(emitter: Emitter, node: CodecNode | PipeNode, value: string): string {
  const { source } = emitter;
  const back = source.constant(validateBack);
  return declareSettled(emitter, `${back}(${source.constant(node.out.schema)}, ${value})`);
}

function declareSettled(emitter: Emitter, outcome: string): string {
  const result = emitter.source.declare("undefined", "let");
  writeSettled(emitter, outcome, result);
  return result;
}

function writeSettled(emitter: Emitter, outcome: string, result: string): void {
  const { source } = emitter;
  const state = source.constant(emitter.state);
  source.line(`${result} = ${source.constant(settle)}(${outcome}, ${state});`);
  source.refuseIf(`${result} === INVALID`);
}
