import {
  coerce,
  copyAny,
  findUnsafe,
  isFile,
  literalOnWire,
  readKey,
  type SchemaNode,
  Unwritable,
  WIRE_TYPES,
} from "@tenon/core/wire";
import { depthText, type Emitter, type Place } from "./emitter.ts";
import { writeChecks } from "./generate-checks.ts";

/** Writes a scalar kind; `undefined` for kinds that are none. */
export function writeScalar(
  emitter: Emitter,
  node: SchemaNode,
  value: string,
  place: Place,
): string | undefined {
  const { source } = emitter;
  switch (node.kind) {
    case "string":
    case "number":
    case "boolean": {
      const typed = node.coerces ? writeCoercion(emitter, node.kind, value) : value;
      writeTypeGuard(emitter, node, typed);
      const checked = writeChecks(emitter, node.checks, typed, node.kind === "string");
      if (place.mode !== "decode" && checked !== typed) {
        // What a check put in the value's place goes on the wire only if it is of the type.
        source.refuseIf(
          node.kind === "number" ? `!Number.isFinite(${checked})` : `typeof ${checked} !== "${node.kind}"`,
        );
      }
      return checked;
    }
    case "bigint":
    case "date":
      return writeWireScalar(emitter, node, node.kind, node.coerces, value, place);
    case "url":
    case "bytes":
      return writeWireScalar(emitter, node, node.kind, false, value, place);
    case "null":
    case "undefined":
      source.refuseIf(`${value} !== ${node.kind}`);
      return writeChecks(emitter, node.checks, value, false);
    case "never":
      source.line("return INVALID;");
      return value;
    case "literal":
    case "enum":
      return writeValues(emitter, node, value, place);
    case "file":
      source.refuseIf(`!${source.constant(isFile)}(${value}, ${JSON.stringify(node.accepts)})`);
      return writeChecks(emitter, node.checks, value, false);
    case "unknown":
    case "custom":
      return writeAny(emitter, node, value, place);
    default:
      return undefined;
  }
}

/** Writes the read of a key, past what every object inherits. */
export function readText(emitter: Emitter, object: string, key: string): string {
  return `${emitter.source.constant(readKey)}(${object}, ${JSON.stringify(key)})`;
}

/** Refuses raw JSON that is too deep or carries a forbidden key. */
export function writeSafetyGuard(emitter: Emitter, value: string, place: Place): void {
  const find = emitter.source.constant(findUnsafe);
  const found = `${find}(${value}, ${depthText(emitter, place)}, ${emitter.depthLimit}) !== undefined`;
  const mayBe = `typeof ${value} === "object" && ${value} !== null || typeof ${value} === "number"`;
  emitter.source.refuseIf(`(${mayBe}) && ${found}`);
}

/** Writes the copy of a server-side value that no schema describes. */
export function writeCopy(emitter: Emitter, value: string, place: Place): string {
  const { source } = emitter;
  const copy = source.declare(
    `${source.constant(copyAny)}(${value}, ${depthText(emitter, place)}, ${emitter.depthLimit})`,
  );
  source.refuseIf(`${copy} instanceof ${source.constant(Unwritable)}`);
  return place.mode === "plain" ? source.declare(toWireText(emitter, copy)) : copy;
}

/** Writes the conversion of a clean value to plain JSON. */
export function toWireText(emitter: Emitter, value: string): string {
  return `${emitter.source.constant(emitter.toWire)}(${value})`;
}

function writeTypeGuard(emitter: Emitter, node: SchemaNode, value: string): void {
  const { source } = emitter;
  if (node.kind === "number") {
    // The check for integers, which comes first of all, refuses everything that is not a finite number.
    const first = node.checks[0];
    if (first?.kind !== "number_format" || !first.isInteger) {
      source.refuseIf(`!Number.isFinite(${value})`);
    }
  } else if (node.kind === "boolean") {
    source.refuseIf(`${value} !== true && ${value} !== false`);
  } else {
    source.refuseIf(`typeof ${value} !== "${node.kind}"`);
  }
}

function writeCoercion(
  emitter: Emitter,
  kind: "string" | "number" | "boolean" | "bigint" | "date",
  value: string,
): string {
  return emitter.source.declare(`${emitter.source.constant(coerce)}("${kind}", ${value})`);
}

function writeWireScalar(
  emitter: Emitter,
  node: SchemaNode,
  kind: "bigint" | "date" | "url" | "bytes",
  coerces: boolean,
  value: string,
  place: Place,
): string {
  const { source } = emitter;
  const type = WIRE_TYPES[kind];
  let typed = value;
  if (place.mode === "decode" && !coerces) {
    source.refuseIf(`typeof ${value} !== "string"`);
    typed = source.declare(`${source.constant(type.decode)}(${value})`);
    source.refuseIf(`${typed} === undefined`);
  } else {
    if (coerces && (kind === "bigint" || kind === "date")) {
      typed = writeCoercion(emitter, kind, value);
    }
    const Class = { bigint: "", date: "Date", url: "URL", bytes: "Uint8Array" }[kind];
    source.refuseIf(kind === "bigint" ? `typeof ${typed} !== "bigint"` : `!(${typed} instanceof ${Class})`);
    if (kind === "date") {
      source.refuseIf(`Number.isNaN(${typed}.getTime())`);
    }
  }
  const checked = writeChecks(emitter, node.checks, typed, false);
  return place.mode === "decode" ? checked : writeEncoding(emitter, type.encode, checked, place);
}

// Some values of a type cannot be written, so they are tried even where they stay as they are.
function writeEncoding(emitter: Emitter, encode: unknown, value: string, place: Place): string {
  const text = emitter.source.declare(`${emitter.source.constant(encode)}(${value})`);
  emitter.source.refuseIf(`${text} === undefined`);
  return place.mode === "plain" ? text : value;
}

function writeValues(
  emitter: Emitter,
  node: SchemaNode & { readonly kind: "literal" | "enum" },
  value: string,
  place: Place,
): string {
  const { source } = emitter;
  const hasBigint = node.values.some((listed) => typeof listed === "bigint");
  const wire = node.values.map(literalOnWire);
  if (hasBigint) {
    // The first of two values with the same text is the one that is meant.
    const pairs = node.values.map((listed, index): [unknown, unknown] => [listed, wire[index]]).reverse();
    const isDecoding = place.mode === "decode";
    const name = source.constant(new Map(isDecoding ? pairs.map(([listed, text]) => [text, listed]) : pairs));
    source.refuseIf(`!${name}.has(${value})`);
    const found = isDecoding ? source.declare(`${name}.get(${value})`) : value;
    const checked = writeChecks(emitter, node.checks, found, false);
    return place.mode === "plain" ? source.declare(`${name}.get(${checked})`) : checked;
  }
  if (node.values.length > 8) {
    source.refuseIf(`!${source.constant(new Set(node.values))}.has(${value})`);
  } else {
    const tests = node.values.map((listed) => `${value} !== ${literalText(listed)}`);
    source.refuseIf(tests.length === 0 ? "true" : tests.join(" && "));
  }
  return writeChecks(emitter, node.checks, value, false);
}

function literalText(value: unknown): string {
  return value === undefined ? "undefined" : JSON.stringify(value);
}

function writeAny(emitter: Emitter, node: SchemaNode, value: string, place: Place): string {
  if (place.mode === "decode") {
    writeSafetyGuard(emitter, value, place);
    return writeChecks(emitter, node.checks, value, false);
  }
  const checked = writeChecks(emitter, node.checks, value, false);
  return writeCopy(emitter, checked, place);
}
