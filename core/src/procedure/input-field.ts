import { DefinitionError } from "../error/definition-error.ts";
import type { PlaceKind, TagOptions } from "./place.ts";
import { readNestedFile, readPlace } from "./place.ts";

/** One key of an input: its schema, and where a tag says it is read from. */
export interface InputField {
  readonly schema: unknown;
  readonly place: PlaceKind | undefined;
  readonly isModel: boolean;
  readonly options: TagOptions;
}

/** What an input slot says. */
export interface InputSlot {
  readonly fields: Map<string, InputField>;
  /** Unknown keys of the body are refused. */
  readonly isStrict: boolean;
  /** The object schema itself, where it has rules about several keys at once (`.refine`). */
  readonly refinement: unknown;
  /** The object schema itself: where it has a name, the body of its keys has it in the document. */
  readonly object: unknown;
}

/** The fields of an input slot: a raw shape, or a `z.object(…)`. */
export function readInputSlot(slot: unknown): InputSlot {
  const object = asZodObject(slot);
  const shape = object === undefined ? slot : object.shape;
  if (typeof shape !== "object" || shape === null || (object === undefined && isSchema(shape))) {
    throw new DefinitionError("NOT_A_SCHEMA", ".input() takes a raw shape ({ id: z.int() }) or z.object(…)");
  }
  const fields = new Map<string, InputField>();
  for (const [key, value] of Object.entries(shape)) {
    const placed = readPlace(value);
    if (placed === undefined && !isSchema(value)) {
      throw new DefinitionError(
        "NOT_A_SCHEMA",
        `the input key '${key}' is no schema: write '${key}: z.string()' or the like`,
      );
    }
    const tag = placed ?? readNestedFile(value);
    fields.set(key, {
      schema: placed === undefined ? value : placed.schema,
      place: tag?.kind,
      isModel: placed?.isModel ?? false,
      options: tag?.options ?? {},
    });
  }
  return {
    fields,
    isStrict: object?.isStrict ?? false,
    refinement: object?.isRefined === true ? slot : undefined,
    object: object === undefined ? undefined : slot,
  };
}

/** Adds the fields of one more `.input(…)`; the same key must say the same thing. */
export function mergeFields(
  into: ReadonlyMap<string, InputField>,
  more: ReadonlyMap<string, InputField>,
  where: string,
): Map<string, InputField> {
  const merged = new Map(into);
  for (const [key, field] of more) {
    const existing = merged.get(key);
    if (existing !== undefined && !isSameField(existing, field)) {
      throw new DefinitionError(
        "DUPLICATE_KEY",
        `${where} declares the input key '${key}' twice, with two schemas or two places: share one schema constant (two that look the same are two), or use another key`,
      );
    }
    merged.set(key, field);
  }
  return merged;
}

function isSameField(one: InputField, other: InputField): boolean {
  return one.schema === other.schema && one.place === other.place && one.options.name === other.options.name;
}

/** True for anything that can validate: a zod schema or another Standard Schema. */
export function isSchema(value: unknown): boolean {
  return (
    (typeof value === "object" || typeof value === "function") &&
    value !== null &&
    ("_zod" in value || "~standard" in value)
  );
}

interface ObjectDefinition {
  readonly type?: string;
  readonly shape?: unknown;
  readonly checks?: readonly unknown[];
  readonly catchall?: { readonly _zod: { readonly def: { readonly type: string } } };
}

function asZodObject(slot: unknown): { shape: unknown; isStrict: boolean; isRefined: boolean } | undefined {
  const def = (slot as { _zod?: { def?: ObjectDefinition } })?._zod?.def;
  if (def?.type !== "object") {
    return undefined;
  }
  const unknownKeys = def.catchall?._zod.def.type;
  if (unknownKeys !== undefined && unknownKeys !== "never") {
    throw new DefinitionError(
      "NOT_A_SCHEMA",
      ".input() takes the keys that it lists: tag an object that keeps others with body(z.looseObject(…))",
    );
  }
  return { shape: def.shape, isStrict: unknownKeys === "never", isRefined: (def.checks?.length ?? 0) > 0 };
}
