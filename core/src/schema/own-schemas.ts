import { instanceof as instanceOf, stringFormat, type z } from "zod/mini";

/**
 * Bytes: `Uint8Array` in handlers and in the client, base64 in the standard alphabet in JSON (RFC 4648, 4). The same as
 * `z.instanceof(Uint8Array)`. For bytes that are a whole body or a file, take `file()`.
 */
export function bytes(): z.ZodMiniCustom<Uint8Array, Uint8Array> {
  return instanceOf(Uint8Array) as z.ZodMiniCustom<Uint8Array, Uint8Array>;
}

/** How many digits a decimal has. */
export interface DecimalOptions {
  /** Most digits after the point; any number of them by default. */
  readonly scale?: number;
  /** Most digits before and after the point; 100 by default. */
  readonly precision?: number;
}

/**
 * An exact decimal, as a string on both sides: `"1.10"` stays `"1.10"`, which a JSON number would not. Plain notation: no
 * exponent, no plus sign, no zeros in front. `decimal({ precision: 10, scale: 2 })` is what a database calls `numeric(10, 2)`.
 * Throws a `RangeError` where the digits make no sense.
 */
export function decimal({
  precision = 100,
  scale,
}: DecimalOptions = {}): z.ZodMiniCustomStringFormat<"decimal"> {
  const places = scale ?? precision;
  if (
    !Number.isInteger(precision) ||
    precision < 1 ||
    !Number.isInteger(places) ||
    places < 0 ||
    places > precision
  ) {
    throw new RangeError(
      "A decimal has at least one digit in all, and no more of them after the point than in all.",
    );
  }
  const fraction = places === 0 ? "" : `(?:\\.\\d{1,${places}})?`;
  // Zeros in front are refused, so a number below one has its zero counted, as databases do not.
  const whole = `(?:0|[1-9]\\d{0,${precision - 1}})`;
  const all = scale === 0 ? "" : `(?=\\D*(?:0\\.)?(?:\\d\\.?){1,${precision}}$)`;
  return stringFormat("decimal", new RegExp(`^${all}-?${whole}${fraction}$`));
}
