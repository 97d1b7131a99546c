/** Adds parts that are read on first use, since recursive schemas name constants that do not exist yet. */
export function withParts<Node extends object, Parts extends object>(
  node: Node,
  parts: { readonly [Key in keyof Parts]: () => Parts[Key] },
): Node & Parts {
  for (const key of Object.keys(parts) as (keyof Parts)[]) {
    Object.defineProperty(node, key, {
      enumerable: true,
      configurable: true,
      get: () => {
        const value = parts[key]();
        Object.defineProperty(node, key, { enumerable: true, value });
        return value;
      },
    });
  }
  return node as Node & Parts;
}
