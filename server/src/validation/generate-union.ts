import {
  countLost,
  type DiscriminatedUnionNode,
  type IntersectionNode,
  isInheritedKey,
  isObject,
  literalOnWire,
  mergeValues,
  type SchemaNode,
} from "@tenon/core/wire";
import { callText, type Emitter, type Place } from "./emitter.ts";
import { readText } from "./generate-scalar.ts";
import { hasRivals } from "./plan.ts";
import { access } from "./source.ts";

/** Writes a union: the first option that fits, or for a server-side object the one that loses least. */
export function writeUnion(
  emitter: Emitter,
  options: readonly SchemaNode[],
  value: string,
  place: Place,
): string {
  const { source } = emitter;
  const [only] = options;
  if (options.length === 1 && only !== undefined) {
    return emitter.write(only, value, place);
  }
  const result = source.declare("INVALID", "let");
  if (place.mode !== "decode" && hasRivals(options)) {
    writeBest(emitter, options, value, result, place);
  } else {
    for (const option of options) {
      source.line(`if (${result} === INVALID) ${result} = ${callText(emitter, option, value, place)};`);
    }
  }
  source.refuseIf(`${result} === INVALID`);
  return result;
}

function writeBest(
  emitter: Emitter,
  options: readonly SchemaNode[],
  value: string,
  result: string,
  place: Place,
): void {
  const { source } = emitter;
  const fewest = source.declare("Infinity", "let");
  const count = source.constant(countLost);
  for (const option of options) {
    source.line(`if (${fewest} !== 0) {`);
    const tried = source.declare(callText(emitter, option, value, place));
    source.line(`if (${tried} !== INVALID) {`);
    const lost = source.declare(`${count}(${source.constant(option)}, ${value}, ${tried})`);
    source.line(`if (${lost} < ${fewest}) { ${result} = ${tried}; ${fewest} = ${lost}; }`);
    source.line("}");
    source.line("}");
  }
}

/** Writes a discriminated union as a switch over its tags. */
export function writeDiscriminated(
  emitter: Emitter,
  node: DiscriminatedUnionNode,
  value: string,
  place: Place,
  writeFallback: (result: string) => void,
): string {
  const { source } = emitter;
  const { discriminator } = node;
  source.refuseIf(`!${source.constant(isObject)}(${value})`);
  const result = source.declare("INVALID", "let");
  const read = isInheritedKey(discriminator)
    ? readText(emitter, value, discriminator)
    : access(value, discriminator);
  source.line(`switch (${read}) {`);
  const tags = node.options.flatMap((option) => option.tags);
  for (const option of node.options) {
    const own = option.tags.filter((tag) => tags.filter((other) => other === tag).length === 1);
    for (const tag of own) {
      source.line(`case ${tagText(place.mode === "decode" ? literalOnWire(tag) : tag)}:`);
    }
    if (own.length > 0) {
      source.line(`${result} = ${callText(emitter, option.node, value, place)};`);
      source.line("break;");
    }
  }
  source.line("default:");
  writeFallback(result);
  source.line("}");
  source.refuseIf(`${result} === INVALID`);
  return result;
}

/** Writes an intersection whose sides accept each other's keys. */
export function writeIntersection(
  emitter: Emitter,
  node: IntersectionNode,
  value: string,
  place: Place,
): string {
  const { source } = emitter;
  const left = emitter.write(node.left, value, place);
  const right = emitter.write(node.right, value, place);
  const merged = source.declare(`${source.constant(mergeValues)}(${left}, ${right})`);
  source.refuseIf(`${merged} === undefined`);
  return source.declare(`${merged}.value`);
}

function tagText(tag: unknown): string {
  if (typeof tag === "bigint") {
    return `${tag}n`;
  }
  return tag === undefined ? "undefined" : JSON.stringify(tag);
}
