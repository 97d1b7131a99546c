import {
  findUnsafe,
  inputPresence,
  isInheritedKey,
  isOptionalOut,
  type ObjectNode,
  type RecordNode,
  type SchemaNode,
} from "@tenon/core/wire";
import { callText, depthText, type Emitter, inside, type Place, writeDepthGuard } from "./emitter.ts";
import { readText, writeCopy } from "./generate-scalar.ts";
import { acceptsUndefined } from "./plan.ts";
import { access } from "./source.ts";

interface Part {
  readonly key: string;
  readonly value: string;
  readonly isOptional: boolean;
}

/** Writes an object: its properties into a literal of constant shape, then the keys that it does not list. */
export function writeObject(emitter: Emitter, node: ObjectNode, value: string, place: Place): string {
  writeObjectGuard(emitter, value, place);
  const parts = node.properties.map(({ key, node: property }) => {
    const read = isInheritedKey(key) ? readText(emitter, value, key) : access(value, key);
    return writeProperty(emitter, key, property, emitter.source.declare(read), inside(place));
  });
  const result = writeLiteral(emitter, parts, place);
  const keys = node.properties.map((property) => property.key);
  writeUnknownKeys(emitter, node, keys, value, result, place);
  return result;
}

/** Writes a record; one whose key schema lists its keys is written like an object. */
export function writeRecord(emitter: Emitter, node: RecordNode, value: string, place: Place): string {
  const { source } = emitter;
  writeObjectGuard(emitter, value, place);
  const result = source.declare("{}");
  const key = source.variable();
  source.line(`for (const ${key} of Object.keys(${value})) {`);
  source.line(
    place.mode === "decode"
      ? `if (${key} === "__proto__") return INVALID;`
      : `if (${key} === "__proto__") continue;`,
  );
  // A record's keys are texts on both sides, so they are only ever decoded.
  const writeKey = emitter.write(node.key, key, { ...place, mode: "decode" });
  const item = source.declare(`${value}[${key}]`);
  const written = emitter.write(node.value, item, inside(place));
  const guard = writeKey === key ? "" : ` && ${writeKey} !== "__proto__"`;
  source.line(`if (${written} !== undefined${guard}) ${result}[${writeKey}] = ${written};`);
  source.line("}");
  return result;
}

function writeObjectGuard(emitter: Emitter, value: string, place: Place): void {
  emitter.source.refuseIf(`typeof ${value} !== "object" || ${value} === null || Array.isArray(${value})`);
  writeDepthGuard(emitter, place);
}

function writeProperty(emitter: Emitter, key: string, node: SchemaNode, value: string, place: Place): Part {
  const { source } = emitter;
  const presence = inputPresence(node);
  if (presence === "required") {
    if (acceptsUndefined(node)) {
      source.refuseIf(`${value} === undefined`);
    }
    return { key, value: emitter.write(node, value, place), isOptional: false };
  }
  const isForgiven = isOptionalOut(node);
  if (presence === "optional" && isForgiven) {
    const result = source.declare("undefined", "let");
    source.line(`if (${value} !== undefined) {`);
    source.line(`${result} = ${emitter.write(withoutOptional(node), value, place)};`);
    source.line("}");
    return { key, value: result, isOptional: true };
  }
  if (!isForgiven) {
    return { key, value: emitter.write(node, value, place), isOptional: node.kind !== "default" };
  }
  const result = source.declare(callText(emitter, node, value, place), "let");
  source.line(
    `if (${result} === INVALID) { if (${value} !== undefined) return INVALID; ${result} = undefined; }`,
  );
  return { key, value: result, isOptional: true };
}

/** What is left of an optional once the value is known to be there. */
function withoutOptional(node: SchemaNode): SchemaNode {
  return node.kind === "optional" && node.checks.length === 0 ? withoutOptional(node.inner) : node;
}

// JSON leaves out keys that hold nothing, so plain JSON keeps one shape; elsewhere absent keys stay absent.
function writeLiteral(emitter: Emitter, parts: readonly Part[], place: Place): string {
  const { source } = emitter;
  const listed = parts.filter((part) => !part.isOptional || place.mode === "plain");
  const fields = listed.map((part) => `${JSON.stringify(part.key)}: ${part.value}`);
  const result = source.declare(`{ ${fields.join(", ")} }`);
  for (const part of parts) {
    if (!listed.includes(part)) {
      source.line(`if (${part.value} !== undefined) ${access(result, part.key)} = ${part.value};`);
    }
  }
  return result;
}

function writeUnknownKeys(
  emitter: Emitter,
  node: ObjectNode,
  keys: readonly string[],
  value: string,
  result: string,
  place: Place,
): void {
  const { source } = emitter;
  const isDecoding = place.mode === "decode";
  if (node.unknownKeys === "strip" || (node.unknownKeys === "strict" && !isDecoding)) {
    return;
  }
  const key = source.variable();
  const known = source.constant(new Set(keys));
  source.line(`for (const ${key} of Object.keys(${value})) {`);
  source.line(`if (${known}.has(${key})) continue;`);
  if (node.unknownKeys === "strict") {
    source.line("return INVALID;");
  } else {
    source.line(
      isDecoding ? `if (${key} === "__proto__") return INVALID;` : `if (${key} === "__proto__") continue;`,
    );
    const item = source.declare(`${value}[${key}]`);
    const written = writeUnknownValue(emitter, node.unknownKeys, item, inside(place));
    source.line(`if (${written} !== undefined) ${result}[${key}] = ${written};`);
  }
  source.line("}");
}

function writeUnknownValue(
  emitter: Emitter,
  catchall: "passthrough" | SchemaNode,
  item: string,
  place: Place,
): string {
  if (catchall !== "passthrough") {
    return emitter.write(catchall, item, place);
  }
  if (place.mode !== "decode") {
    return writeCopy(emitter, item, place);
  }
  const find = emitter.source.constant(findUnsafe);
  emitter.source.refuseIf(
    `${find}(${item}, ${depthText(emitter, place)}, ${emitter.depthLimit}) !== undefined`,
  );
  return item;
}
