import { WIRE_TYPES } from "./wire-type.ts";

/** superjson's `meta` for a reply: where its plain JSON stands for something richer. */
export interface EnrichedMeta {
  readonly values: Annotation;
  /** The version of superjson's path syntax. */
  readonly v: 1;
}

/** superjson's tree of annotations: a type, a type with parts, or parts by their escaped path. */
export type Annotation =
  | readonly [AnnotatedType]
  | readonly [AnnotatedType, { readonly [path: string]: Annotation }]
  | { readonly [path: string]: Annotation };

type AnnotatedType = string | readonly ["custom", string];

/**
 * Says which parts of a clean value (`encodeNode` with `form: "rich"`) superjson has to revive; `undefined` when it is
 * plain JSON already. Together with the plain body it is what `superjson.deserialize` takes.
 */
export function enrich(rich: unknown): EnrichedMeta | undefined {
  const values = annotate(rich);
  return values === undefined ? undefined : { values, v: 1 };
}

const LEAVES = [WIRE_TYPES.date, WIRE_TYPES.bigint, WIRE_TYPES.url, WIRE_TYPES.bytes] as const;

// superjson refuses paths through these names, so what lies there stays plain.
const REFUSED: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

type Parts = Record<string, Annotation>;

function annotate(value: unknown): Annotation | undefined {
  if (typeof value !== "bigint" && (typeof value !== "object" || value === null)) {
    return undefined;
  }
  for (const type of LEAVES) {
    if (type.isInstance(value)) {
      return [type.annotation];
    }
  }
  if (value instanceof Set) {
    return withType(WIRE_TYPES.set.annotation, annotateParts([...value].entries()));
  }
  if (value instanceof Map) {
    return withType(WIRE_TYPES.map.annotation, annotateParts([...value].entries()));
  }
  const parts = annotateParts(Array.isArray(value) ? value.entries() : Object.entries(value));
  return isEmpty(parts) ? undefined : parts;
}

function annotateParts(entries: Iterable<readonly [string | number, unknown]>): Parts {
  const parts: Parts = {};
  for (const [key, item] of entries) {
    const annotation = typeof key === "string" && REFUSED.has(key) ? undefined : annotate(item);
    const segment = escapeSegment(String(key));
    if (isTyped(annotation)) {
      parts[segment] = annotation;
    } else if (annotation !== undefined) {
      for (const [path, part] of Object.entries(annotation)) {
        parts[`${segment}.${path}`] = part;
      }
    }
  }
  return parts;
}

function isTyped(
  annotation: Annotation | undefined,
): annotation is Exclude<Annotation, { readonly [path: string]: Annotation }> {
  return Array.isArray(annotation);
}

function withType(type: AnnotatedType, parts: Parts): Annotation {
  return isEmpty(parts) ? [type] : [type, parts];
}

function escapeSegment(key: string): string {
  return key.replaceAll("\\", "\\\\").replaceAll(".", "\\.");
}

function isEmpty(parts: Parts): boolean {
  return Object.keys(parts).length === 0;
}
