/** Tells whether a value can be read as an object with keys. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Reads a key, blind to what every object inherits: `toString` is absent unless the object has its own. */
export function readKey(object: Readonly<Record<string, unknown>>, key: string): unknown {
  const value = object[key];
  const isInherited = value !== undefined && value === INHERITED[key] && !Object.hasOwn(object, key);
  return isInherited ? undefined : value;
}

/** Tells whether a key needs `readKey` rather than a plain access. */
export function isInheritedKey(key: string): boolean {
  return key in INHERITED;
}

const INHERITED = Object.prototype as unknown as Readonly<Record<string, unknown>>;

/** Two values as one, as an intersection merges them; `undefined` when they disagree. */
export function mergeValues(left: unknown, right: unknown): { readonly value: unknown } | undefined {
  if (left === right || (left instanceof Date && right instanceof Date && Number(left) === Number(right))) {
    return { value: left };
  }
  if (Array.isArray(left) && Array.isArray(right)) {
    return mergeLists(left, right);
  }
  return isPlain(left) && isPlain(right) ? mergeObjects(left, right) : undefined;
}

function mergeLists(left: readonly unknown[], right: readonly unknown[]): { value: unknown[] } | undefined {
  if (left.length !== right.length) {
    return undefined;
  }
  const value: unknown[] = [];
  for (let index = 0; index < left.length; index++) {
    const merged = mergeValues(left[index], right[index]);
    if (merged === undefined) {
      return undefined;
    }
    value.push(merged.value);
  }
  return { value };
}

function mergeObjects(
  left: Readonly<Record<string, unknown>>,
  right: Readonly<Record<string, unknown>>,
): { value: Record<string, unknown> } | undefined {
  const value = { ...left, ...right };
  for (const key of Object.keys(left)) {
    const other = Object.hasOwn(right, key) ? right[key] : undefined;
    if (other === undefined) {
      value[key] = left[key];
    } else if (left[key] !== undefined) {
      const merged = mergeValues(left[key], other);
      if (merged === undefined) {
        return undefined;
      }
      value[key] = merged.value;
    }
  }
  return { value };
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isObject(value)) {
    return false;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
