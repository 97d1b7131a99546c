import { fieldName, isDelimited, joinItems, toText, toWire } from "@tenon/core/wire";
import { StyledValue, type ToldStyle } from "../styled.ts";

/**
 * Writes values as a query: a list repeats its name, an object is `name[key]=value`, undefined and null are left out, and
 * so is a list without items. Throws a `TypeError` for what would be read as something else.
 */
export function encodeQuery(values: Readonly<Record<string, unknown>> | undefined, start = "?"): string {
  let text = "";
  for (const name in values) {
    for (const [wireName, item] of textEntries(name, values[name])) {
      text += `${text === "" ? start : "&"}${encodeURIComponent(wireName)}=${encodeURIComponent(item)}`;
    }
  }
  return text;
}

/** A value as the names and texts of a query or a form. */
export function textEntries(name: string, value: unknown): readonly (readonly [string, string])[] {
  if (value instanceof StyledValue) {
    const { "~style": style, "~value": inner } = value as StyledValue<ToldStyle, unknown>;
    const text = styledText(name, style, inner);
    return text === undefined ? [] : [[name, text]];
  }
  const wire = toWire(value);
  if (typeof wire !== "object") {
    return wire === undefined ? [] : [[name, toText(wire)]];
  }
  if (wire === null) {
    return [];
  }
  if (Array.isArray(wire)) {
    return wire.filter((item) => item !== undefined).map((item) => [name, scalarText(name, item)] as const);
  }
  return Object.entries(wire)
    .filter(([, field]) => field !== undefined && field !== null)
    .map(([key, field]) => [fieldName(name, key), scalarText(name, field)] as const);
}

/** The one text of a value whose style was told; undefined where there is no value. */
function styledText(name: string, style: ToldStyle, value: unknown): string | undefined {
  const wire = toWire(value);
  if (wire === undefined) {
    return undefined;
  }
  if (isDelimited(style) && Array.isArray(wire)) {
    return joinItems(
      wire.map((item) => scalarText(name, item)),
      style,
    );
  }
  return JSON.stringify(wire);
}

function scalarText(name: string, item: unknown): string {
  if (typeof item === "object") {
    throw new TypeError(
      `A value of several levels is in '${name}': it has no text form, unless it is JSON there: styled("json", …).`,
    );
  }
  return toText(item);
}
