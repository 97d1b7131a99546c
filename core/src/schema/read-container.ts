import { withParts } from "./lazy-parts.ts";
import type { LiteralValue, NodeBase, ObjectNode, SchemaNode } from "./node.ts";
import { isZodSchema, type ZodDefinition, type ZodSchema } from "./zod-schema.ts";

type Read = (schema: unknown) => SchemaNode;

/** Reads `z.object`, `z.strictObject`, `z.looseObject` and objects with a catchall. */
export function readObject(base: NodeBase, def: ZodDefinition, read: Read): SchemaNode {
  return withParts(
    { ...base, kind: "object" as const },
    {
      properties: () => {
        const shape = def["shape"] as Readonly<Record<string, unknown>>;
        // zod never writes a `__proto__` key into its result.
        const keys = Object.keys(shape).filter((key) => key !== "__proto__");
        return keys.map((key) => ({ key, node: read(shape[key]) }));
      },
      unknownKeys: () => readUnknownKeys(def["catchall"], read),
    },
  );
}

function readUnknownKeys(catchall: unknown, read: Read): ObjectNode["unknownKeys"] {
  if (!isZodSchema(catchall)) {
    return "strip";
  }
  const node = read(catchall);
  if (node.checks.length === 0 && node.kind === "never") {
    return "strict";
  }
  return node.checks.length === 0 && node.kind === "unknown" ? "passthrough" : node;
}

/** Reads `z.record`, `z.partialRecord` and `z.looseRecord`. */
export function readRecord(base: NodeBase, def: ZodDefinition, read: Read): SchemaNode {
  const values = valuesOf(def["keyType"] as ZodSchema);
  const knownKeys = values
    ?.filter((value) => typeof value === "string" || typeof value === "number")
    .map(String)
    .filter((key) => key !== "__proto__");
  const requiredKeys = def["partial"] === true ? undefined : knownKeys;
  return withParts(
    { ...base, kind: "record" as const, requiredKeys, knownKeys, isLoose: def["mode"] === "loose" },
    { key: () => read(def["keyType"]), value: () => read(def["valueType"]) },
  );
}

/** Reads `z.union`, `z.xor` and `z.discriminatedUnion`. */
export function readUnion(base: NodeBase, def: ZodDefinition, read: Read): SchemaNode {
  const options = def["options"] as readonly ZodSchema[];
  const discriminator = def["discriminator"];
  if (typeof discriminator === "string") {
    return withParts(
      {
        ...base,
        kind: "discriminatedUnion" as const,
        discriminator,
        fallsBack: def["unionFallback"] === true,
      },
      {
        options: () => options.map((option) => ({ tags: tagsOf(option, discriminator), node: read(option) })),
      },
    );
  }
  return withParts(
    { ...base, kind: "union" as const, isExclusive: def["inclusive"] === false },
    { options: () => options.map(read) },
  );
}

/** The values that a schema is known to list, if it lists them: literals, enums, and what wraps them. */
export function valuesOf(schema: ZodSchema): readonly LiteralValue[] | undefined {
  const values = schema._zod.values;
  return values === undefined ? undefined : ([...values] as LiteralValue[]);
}

function tagsOf(option: ZodSchema, discriminator: string): readonly LiteralValue[] {
  return [...(option._zod.propValues?.[discriminator] ?? [])] as LiteralValue[];
}
