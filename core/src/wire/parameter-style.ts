import type { TextRules } from "./text-rules.ts";

/**
 * How a parameter that is more than one text is written, in OpenAPI's terms (3.1.1, 4.8.12.2). Decoder, document and
 * client read this one table.
 *
 * - `repeated`: the name comes once for each item (`form`, exploded); no item is no parameter;
 * - `csv`, `spaceDelimited`, `pipeDelimited`: one text; the delimiter cannot be part of an item;
 * - `list`: the lines of a header, each a list with commas (RFC 9110, 5.6.1);
 * - `deepObject`: `filter[name]=x`, one level;
 * - `json`: one text of JSON, where nothing simpler can say it;
 * - `segments`: the rest of a path, one item for each segment.
 */
export type ParameterStyle = "single" | "repeated" | DelimitedStyle | "deepObject" | "json" | "segments";

/** Styles of lists in one text. */
export type DelimitedStyle = "csv" | "spaceDelimited" | "pipeDelimited" | "list";

const DELIMITERS: Readonly<Record<DelimitedStyle, string>> = {
  csv: ",",
  spaceDelimited: " ",
  pipeDelimited: "|",
  list: ",",
};

/** Tells whether a style writes a list as one text. */
export function isDelimited(style: ParameterStyle): style is DelimitedStyle {
  return Object.hasOwn(DELIMITERS, style);
}

/**
 * Writes a list as one text. Throws a `TypeError` for what would be read as another list: percent-encoding does not
 * help, since libraries and proxies encode the delimiter itself.
 */
export function joinItems(items: readonly string[], style: DelimitedStyle): string {
  const delimiter = DELIMITERS[style];
  for (const item of items) {
    const isTrimmed = style === "list" && (item === "" || item.trim() !== item);
    if (item.includes(delimiter) || isTrimmed || (item === "" && items.length === 1)) {
      throw new TypeError(`'${item}' cannot be an item of a list that is written as ${style}.`);
    }
  }
  return items.join(style === "list" ? ", " : delimiter);
}

/** Reads the items of one text; the empty text is the empty list. */
export function splitItems(text: string, style: DelimitedStyle): string[] {
  if (text === "") {
    return [];
  }
  const items = text.split(DELIMITERS[style]);
  return style === "list" ? items.map((item) => item.trim()).filter((item) => item !== "") : items;
}

/**
 * What one text, or several of one name, hold by a style. Undefined where the name came twice and the style has it once.
 */
export function itemsOf(
  text: string | readonly string[],
  style: DelimitedStyle,
  { repeated }: TextRules,
): readonly string[] | undefined {
  if (typeof text === "string") {
    return splitItems(text, style);
  }
  if (style === "list") {
    return text.flatMap((line) => splitItems(line, style));
  }
  return text.length > 1 && repeated === "refuse" ? undefined : splitItems(text.at(-1) ?? "", style);
}

/** The name of one field of an object in `deepObject`: `filter[name]`. */
export function fieldName(name: string, key: string): string {
  return `${name}[${key}]`;
}

/** The field that a wire name stands for; undefined where it is another parameter's. */
export function fieldOf(name: string, wireName: string): string | undefined {
  const isField = wireName.startsWith(`${name}[`) && wireName.endsWith("]");
  return isField ? wireName.slice(name.length + 1, -1) : undefined;
}

/** What a document says of a style; nothing where the location's own default says it. */
export function describeStyle(
  style: ParameterStyle,
  location: "path" | "query" | "header" | "cookie",
): { style?: "form" | "simple" | "spaceDelimited" | "pipeDelimited" | "deepObject"; explode?: boolean } {
  switch (style) {
    case "repeated":
      return { style: "form", explode: true };
    case "csv":
    case "list":
      return location === "query" || location === "cookie"
        ? { style: "form", explode: false }
        : { style: "simple", explode: false };
    case "spaceDelimited":
    case "pipeDelimited":
      return { style, explode: false };
    case "deepObject":
      return { style, explode: true };
    default:
      return {};
  }
}
