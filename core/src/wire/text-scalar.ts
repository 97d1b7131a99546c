// JSON's own grammar for numbers (RFC 8259, 6): no sign but minus, no leading zero, no space, no hex.
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Reads a number as JSON spells it; any other text stays a text. */
export function readNumber(text: string): number | string {
  const digits = text.length < 16 ? readDigits(text) : -1;
  return digits >= 0 ? digits : NUMBER.test(text) ? Number(text) : text;
}

// Most numbers in a path or query are short natural ones: four times the pattern's speed (`bench/run-time` S1).
function readDigits(text: string): number {
  const first = text.charCodeAt(0);
  if (first === 48) {
    return text.length === 1 ? 0 : -1;
  }
  let value = 0;
  for (let index = 0; index < text.length; index++) {
    const digit = text.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) {
      return -1;
    }
    value = value * 10 + digit;
  }
  return text.length === 0 ? -1 : value;
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
