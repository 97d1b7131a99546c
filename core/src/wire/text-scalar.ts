import type { LiteralValue } from "../schema/node.ts";

// JSON's own grammar for numbers (RFC 8259, 6): no sign but minus, no leading zero, no space, no hex.
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Reads a number as JSON spells it; any other text stays a text. */
export function readNumber(text: string): number | string {
  return NUMBER.test(text) ? Number(text) : text;
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["1", true],
  ["yes", true],
  ["on", true],
  ["false", false],
  ["0", false],
  ["no", false],
  ["off", false],
]);

/** Reads `true`, `1`, `yes`, `on` and their opposites in any case; any other text stays a text. */
export function readBoolean(text: string): boolean | string {
  // The longest of the words has five letters.
  return text.length > 5 ? text : (BOOLEANS.get(text.toLowerCase()) ?? text);
}

/** Reads one of the listed values by its text; any other text stays a text. */
export function readLiteral(text: string, values: readonly LiteralValue[]): string | number | boolean | null {
  for (const value of values) {
    if (typeof value === "string" || typeof value === "bigint") {
      if (text === String(value)) {
        return text;
      }
    } else if (typeof value === "number" && readNumber(text) === value) {
      return value;
    } else if (typeof value === "boolean" && readBoolean(text) === value) {
      return value;
    } else if (value === null && text === "null") {
      return null;
    }
  }
  return text;
}
