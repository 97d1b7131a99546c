import type { SchemaObject } from "@tenon/core/openapi";

/** A number that a schema takes: 1 where it may be, otherwise the least that fits, or the greatest. */
export function numberExample(schema: SchemaObject): number | undefined {
  const { minimum = -Infinity, maximum = Infinity, multipleOf, type } = schema;
  const { exclusiveMinimum = -Infinity, exclusiveMaximum = Infinity } = schema;
  const isInteger = type === "integer" || (Array.isArray(type) && type.includes("integer"));
  const step = multipleOf ?? (isInteger ? 1 : 0.5);
  const fits = (value: number): boolean =>
    value >= minimum &&
    value <= maximum &&
    value > exclusiveMinimum &&
    value < exclusiveMaximum &&
    (!isInteger || Number.isInteger(value)) &&
    (multipleOf === undefined || Number.isInteger(value / multipleOf));
  const low = Math.max(minimum, exclusiveMinimum);
  const high = Math.min(maximum, exclusiveMaximum);
  const candidates = [1, 0, step, low, Math.ceil(low / step) * step, (Math.floor(low / step) + 1) * step];
  candidates.push(
    high,
    Math.floor(high / step) * step,
    (Math.ceil(high / step) - 1) * step,
    (low + high) / 2,
  );
  return candidates.find((value) => Number.isFinite(value) && fits(value));
}
