// Reading decimal digits takes more than linear time, hence a limit; it is Python's.
const MAX_DIGITS = 4300;

const DECIMAL = /^-?(?:0|[1-9]\d*)$/;

/** Reads a decimal integer of any size up to 4300 digits. */
export function decodeBigint(text: string): bigint | undefined {
  return text.length <= MAX_DIGITS && DECIMAL.test(text) ? BigInt(text) : undefined;
}

/** Writes an integer in decimal; `undefined` when it is too long to be read again. */
export function encodeBigint(value: bigint): string | undefined {
  const text = value.toString();
  return text.length <= MAX_DIGITS ? text : undefined;
}
