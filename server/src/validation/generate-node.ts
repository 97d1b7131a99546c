import type { SchemaNode } from "@tenon/core/wire";
import { callText, depthText, type Emitter, type Place } from "./emitter.ts";
import { interpret } from "./fall-back.ts";
import { writeChecks } from "./generate-checks.ts";
import { writeArray, writeMap, writeSet, writeTuple } from "./generate-list.ts";
import { writeObject, writeRecord } from "./generate-object.ts";
import { toWireText, writeScalar } from "./generate-scalar.ts";
import { writeDiscriminated, writeIntersection, writeUnion } from "./generate-union.ts";
import {
  writeCatch,
  writeCodec,
  writeDefault,
  writePipe,
  writeTransform,
  writeWrapper,
} from "./generate-wrapper.ts";
import { choose, isScalar } from "./strategy.ts";

/** Writes one node where it stands, checks included. */
export function writeNode(emitter: Emitter, node: SchemaNode, value: string, place: Place): string {
  const { source } = emitter;
  switch (choose(node, place.mode)) {
    case "interpret": {
      const result = source.declare(interpretText(emitter, node, value, place));
      source.refuseIf(`${result} === INVALID`);
      return result;
    }
    case "lower": {
      const rich = writeNode(emitter, node, value, { ...place, mode: "rich" });
      return source.declare(toWireText(emitter, rich));
    }
    case "compile":
      return writeCompiled(emitter, node, value, place);
  }
}

function writeCompiled(emitter: Emitter, node: SchemaNode, value: string, place: Place): string {
  const { source } = emitter;
  if (isScalar(node)) {
    return writeScalar(emitter, node, value, place) ?? value;
  }
  const written = writeKind(emitter, node, value, place);
  const checked = writeChecks(emitter, node.checks, written, false);
  if (place.mode === "decode" || checked === written) {
    return checked;
  }
  // A check that puts another value in the place of a whole is left to the interpreter.
  const result = source.declare(written, "let");
  source.line(`if (${checked} !== ${written}) {`);
  source.line(`${result} = ${interpretText(emitter, node, value, place)};`);
  source.refuseIf(`${result} === INVALID`);
  source.line("}");
  return result;
}

function writeKind(emitter: Emitter, node: SchemaNode, value: string, place: Place): string {
  switch (node.kind) {
    case "object":
      return writeObject(emitter, node, value, place);
    case "record":
      return writeRecord(emitter, node, value, place);
    case "array":
      return writeArray(emitter, node, value, place);
    case "set":
      return writeSet(emitter, node, value, place);
    case "map":
      return writeMap(emitter, node, value, place);
    case "tuple":
      return writeTuple(emitter, node, value, place);
    case "union":
      return writeUnion(emitter, node.options, value, place);
    case "discriminatedUnion":
      return writeDiscriminated(emitter, node, value, place, (result) => {
        writeTagless(emitter, node, value, place, result);
      });
    case "intersection":
      return writeIntersection(emitter, node, value, place);
    case "default":
    case "prefault":
      return writeDefault(emitter, node, value, place);
    case "catch":
      return writeCatch(emitter, node, value, place, interpretText(emitter, node, value, place));
    case "codec":
      return writeCodec(emitter, node, value, place);
    case "pipe":
      return writePipe(emitter, node, value, place);
    case "preprocess":
    case "transform":
      return writeTransform(emitter, node, value, place);
    case "optional":
    case "nullable":
    case "nonoptional":
    case "readonly":
    case "lazy":
      return writeWrapper(emitter, node, value, place);
    default:
      throw new Error(`No source text for a schema of kind "${node.kind}".`);
  }
}

function writeTagless(
  emitter: Emitter,
  node: SchemaNode & { readonly kind: "discriminatedUnion" },
  value: string,
  place: Place,
  result: string,
): void {
  const { source } = emitter;
  if (place.mode !== "decode") {
    source.line(`${result} = ${interpretText(emitter, node, value, place)};`);
  } else if (node.fallsBack) {
    for (const option of node.options) {
      source.line(`if (${result} === INVALID) ${result} = ${callText(emitter, option.node, value, place)};`);
    }
  }
}

function interpretText(emitter: Emitter, node: SchemaNode, value: string, place: Place): string {
  const { source } = emitter;
  const limit = `${emitter.depthLimit} - (${depthText(emitter, place)})`;
  const ask = source.constant(interpret);
  return `${ask}(${source.constant(node)}, "${place.mode}", ${value}, ${limit}, ${source.constant(emitter.state)})`;
}
