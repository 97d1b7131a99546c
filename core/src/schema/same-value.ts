/** Tells whether two server-side values are the same, down to their parts. Other classes than JSON's and the wire types' never are. */
export function isSameValue(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) {
    return true;
  }
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) {
    return false;
  }
  const [left, right] = [partsOf(one), partsOf(other)];
  return (
    left !== undefined &&
    right !== undefined &&
    Object.getPrototypeOf(one) === Object.getPrototypeOf(other) &&
    left.length === right.length &&
    left.every((part, index) => isSameValue(part, right[index]))
  );
}

function partsOf(value: object): readonly unknown[] | undefined {
  if (Array.isArray(value)) {
    return value;
  }
  if (value instanceof Set || value instanceof Uint8Array) {
    return [...value];
  }
  if (value instanceof Map) {
    return [...value].flat();
  }
  if (value instanceof Date) {
    return [value.getTime()];
  }
  if (value instanceof URL) {
    return [value.href];
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  const isPlain = prototype === Object.prototype || prototype === null;
  return isPlain ? Object.entries(value).flat() : undefined;
}
