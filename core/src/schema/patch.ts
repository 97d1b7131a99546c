import type { z } from "zod";
import { globalRegistry, lazy, nullable, optional, readonly } from "zod/mini";
import { DefinitionError } from "../error/definition-error.ts";
import { inputPresence } from "./optionality.ts";
import { readMeta } from "./read-meta.ts";
import { readSchema } from "./read-schema.ts";
import { isZodSchema, type ZodSchema } from "./zod-schema.ts";

/** A field as a patch has it: without its default, and with the objects inside patched as well. */
type PatchField<Field> =
  Field extends z.ZodObject<infer Fields, infer Config>
    ? z.ZodObject<PatchShape<Fields>, Config>
    : Field extends z.ZodDefault<infer Inner> | z.ZodPrefault<infer Inner> | z.ZodOptional<infer Inner>
      ? PatchField<Inner>
      : Field extends z.ZodNullable<infer Inner>
        ? z.ZodNullable<As<PatchField<Inner>>>
        : Field extends z.ZodReadonly<infer Inner>
          ? z.ZodReadonly<As<PatchField<Inner>>>
          : Field;
type PatchShape<Fields> = { -readonly [Key in keyof Fields]: z.ZodOptional<As<PatchField<Fields[Key]>>> };
type As<Schema> = Schema extends z.core.SomeType ? Schema : z.core.SomeType;

/**
 * A change of an object: every key may be left out, and nothing is put in its place, whatever defaults the schema has.
 * What was not sent is not there, null is there only where the schema is nullable. Objects inside are patched likewise;
 * lists, records and unions are values, and replaced as a whole (RFC 7396). Rules about several keys (`.refine` on an
 * object) cannot judge a part, and are left to whoever has the whole. A schema with `.meta({ id: "Item" })` gives `ItemPatch`.
 */
export function patch<Fields extends z.core.$ZodLooseShape, Config extends z.core.$ZodObjectConfig>(
  schema: z.ZodObject<Fields, Config>,
): z.ZodObject<PatchShape<Fields>, Config> {
  if (!isZodSchema(schema) || schema._zod.def.type !== "object") {
    throw new DefinitionError("NOT_A_SCHEMA", "patch() takes an object: patch(z.object({ … }))");
  }
  return patchObject(schema) as never;
}

// The same object gives the same patch, so that its name stands for one schema, and recursion ends.
const patches: WeakMap<ZodSchema, ZodSchema> = new WeakMap();

function patchObject(schema: ZodSchema): ZodSchema {
  let patched = patches.get(schema);
  if (patched === undefined) {
    const { def, constr } = schema._zod as ZodSchema["_zod"] & Constructing;
    patched = new constr({ ...def, checks: [], shape: patchShape(def["shape"] as Readonly<Fields>) });
    patches.set(schema, patched);
    name(patched, schema);
  }
  return patched;
}

interface Constructing {
  readonly constr: new (definition: object) => ZodSchema;
}
type Fields = Record<string, ZodSchema>;

/** Read on first use, since recursive schemas name themselves. */
function patchShape(fields: Readonly<Fields>): Fields {
  const shape: Fields = {};
  for (const key of Object.keys(fields)) {
    Object.defineProperty(shape, key, {
      enumerable: true,
      configurable: true,
      get: () => {
        const value = patchField(key, fields[key] as ZodSchema);
        Object.defineProperty(shape, key, { enumerable: true, value });
        return value;
      },
    });
  }
  return shape;
}

function patchField(key: string, field: ZodSchema): ZodSchema {
  const value = withoutDefault(field);
  if (inputPresence(readSchema(value)) === "defaulted") {
    throw new DefinitionError(
      "NOT_A_SCHEMA",
      `patch() cannot leave out the default of '${key}', which is inside a transform or a union: give it outside, z.….default(…) last`,
    );
  }
  return describedAs(wrap("optional", value), field);
}

function withoutDefault(schema: ZodSchema): ZodSchema {
  const { def } = schema._zod;
  const inner = (): ZodSchema => withoutDefault(def["innerType"] as ZodSchema);
  switch (def.type) {
    case "object":
      return patchObject(schema);
    case "default":
    case "prefault":
    case "optional":
    case "nonoptional":
      return inner();
    case "nullable":
      return wrap("nullable", inner());
    case "readonly":
      return wrap("readonly", inner());
    case "lazy":
      return lazy(() => withoutDefault(schema._zod.innerType as ZodSchema) as never) as never;
    default:
      return schema;
  }
}

const WRAPPERS = { optional, nullable, readonly };

/** By the schema's own method where it has one, so that what zod gives a user stays what zod would give. */
function wrap(wrapper: keyof typeof WRAPPERS, schema: ZodSchema): ZodSchema {
  const own = (schema as unknown as Partial<Record<string, () => ZodSchema>>)[wrapper];
  return typeof own === "function" ? own.call(schema) : (WRAPPERS[wrapper](schema as never) as never);
}

/** What the author said about a schema is about its patch, too. */
function describedAs(patched: ZodSchema, schema: ZodSchema): ZodSchema {
  const { id: _id, ...meta } = readMeta(schema);
  if (Object.keys(meta).length > 0) {
    globalRegistry.add(patched as never, meta);
  }
  return patched;
}

function name(patched: ZodSchema, schema: ZodSchema): void {
  // Examples are of the whole.
  const { id, examples: _examples, example: _example, ...meta } = readMeta(schema);
  if (id !== undefined || Object.keys(meta).length > 0) {
    globalRegistry.add(patched as never, { ...meta, ...(id === undefined ? {} : { id: `${id}Patch` }) });
  }
}
