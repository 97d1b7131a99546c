// Where a proxy is trusted to name its prefix, and hands it through from its callers, there would be no end of them.
const KEPT = 32;

/** Makes something once for each address below which callers find the application; the oldest is forgotten where there are many. */
export function perBase<Value>(make: (base: string) => Value): (base: string) => Value {
  const made = new Map<string, Value>();
  return (base) => {
    const known = made.get(base);
    if (known !== undefined) {
      return known;
    }
    if (made.size >= KEPT) {
      made.delete(made.keys().next().value as string);
    }
    const value = make(base);
    made.set(base, value);
    return value;
  };
}
