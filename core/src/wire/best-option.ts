import type { SchemaNode } from "../schema/node.ts";
import { isObject } from "./object-value.ts";

/**
 * How many of a value's own fields an option of a union drops, where `kept` is what it made of it. A server value goes out
 * by the option that loses least, since the first that fits may be a poorer one.
 */
export function countLost(option: SchemaNode, value: unknown, kept: unknown): number {
  if (!isObject(value)) {
    return 0;
  }
  // Which of its own options a union took is seen only by what is left.
  const known = unionIn(option) && isObject(kept) ? new Set(Object.keys(kept)) : knownKeys(option);
  if (known === undefined) {
    return 0;
  }
  let lost = 0;
  for (const key of Object.keys(value)) {
    if (value[key] !== undefined && !known.has(key)) {
      lost++;
    }
  }
  return lost;
}

/** The option is itself a union, however wrapped. */
function unionIn(option: SchemaNode): boolean {
  let at = option;
  for (let depth = 0; depth < 32 && WRAPPERS.has(at.kind) && "inner" in at; depth++) {
    at = at.inner;
  }
  return at.kind === "union";
}

const WRAPPERS: ReadonlySet<SchemaNode["kind"]> = new Set<SchemaNode["kind"]>([
  "optional",
  "nullable",
  "nonoptional",
  "readonly",
  "lazy",
  "default",
  "prefault",
  "catch",
]);

const known: WeakMap<SchemaNode, { readonly keys: ReadonlySet<string> | undefined }> = new WeakMap();

/** The keys that an option keeps; `undefined` for all of them, or for what is no object. */
function knownKeys(option: SchemaNode): ReadonlySet<string> | undefined {
  let entry = known.get(option);
  if (entry === undefined) {
    // A union that contains itself keeps what its other options keep.
    known.set(option, { keys: undefined });
    entry = { keys: readKnownKeys(option) };
    known.set(option, entry);
  }
  return entry.keys;
}

function readKnownKeys(option: SchemaNode): ReadonlySet<string> | undefined {
  switch (option.kind) {
    case "object": {
      const drops = option.unknownKeys === "strip" || option.unknownKeys === "strict";
      return drops ? new Set(option.properties.map((property) => property.key)) : undefined;
    }
    case "intersection":
      return joined([knownKeys(option.left), knownKeys(option.right)]);
    case "discriminatedUnion":
      return joined(option.options.map(({ node }) => knownKeys(node)));
    case "union":
      return joined(option.options.map(knownKeys));
    case "optional":
    case "nullable":
    case "nonoptional":
    case "readonly":
    case "lazy":
    case "default":
    case "prefault":
    case "catch":
      return knownKeys(option.inner);
    default:
      return undefined;
  }
}

function joined(sets: readonly (ReadonlySet<string> | undefined)[]): ReadonlySet<string> | undefined {
  const keys = new Set<string>();
  for (const set of sets) {
    if (set === undefined) {
      return undefined;
    }
    for (const key of set) {
      keys.add(key);
    }
  }
  return keys;
}
