import type { Check } from "./check.ts";
import { withParts } from "./lazy-parts.ts";
import type { CatchContext, NodeBase, PayloadFunction, SchemaNode } from "./node.ts";
import { readChecks } from "./read-checks.ts";
import { readObject, readRecord, readUnion, valuesOf } from "./read-container.ts";
import { readMeta } from "./read-meta.ts";
import { isStandardSchema, isZodSchema, type ZodDefinition, type ZodSchema } from "./zod-schema.ts";

const known: WeakMap<object, SchemaNode> = new WeakMap();

/** Reads a zod 4 schema, or any Standard Schema, into a node. The same schema always gives the same node. */
export function readSchema(schema: unknown): SchemaNode {
  if (!isSchema(schema)) {
    throw new TypeError("Expected a schema: zod 4, zod/mini, or a library that follows Standard Schema v1.");
  }
  let node = known.get(schema);
  if (node === undefined) {
    node = isZodSchema(schema) ? readZod(schema) : readStandard(schema);
    known.set(schema, node);
  }
  return node;
}

/** Tells whether `readSchema` can read a value. */
export function isSchema(value: unknown): value is object {
  return isZodSchema(value) || isStandardSchema(value);
}

function readStandard(schema: object): SchemaNode {
  return { kind: "standard", schema, meta: {}, checks: [] };
}

function readZod(schema: ZodSchema): SchemaNode {
  const node = readKind({ schema, meta: {}, checks: readChecks(schema) }, schema);
  // Metadata may be registered after the schema was first read.
  return Object.defineProperty(node, "meta", { enumerable: true, get: () => readMeta(schema) });
}

function readKind(base: NodeBase, schema: ZodSchema): SchemaNode {
  const def = schema._zod.def;
  const coerces = def.coerce === true;
  switch (def.type) {
    case "string":
      return { ...base, kind: "string", coerces, ...formatOf(def, base.checks) };
    case "number":
      return { ...base, kind: "number", coerces, isInteger: base.checks.some(isIntegerFormat) };
    case "boolean":
    case "bigint":
    case "date":
      return { ...base, kind: def.type, coerces };
    case "null":
    case "never":
      return { ...base, kind: def.type };
    case "undefined":
    case "void":
      return { ...base, kind: "undefined" };
    case "any":
    case "unknown":
      return { ...base, kind: "unknown" };
    case "literal":
    case "enum":
      return { ...base, kind: def.type, values: valuesOf(schema) ?? [] };
    case "file":
      return { ...base, kind: "file", accepts: "File" };
    case "custom":
      return readCustom(base, schema);
    case "transform":
      return { ...base, kind: "transform", transform: def["transform"] as PayloadFunction };
    case "object":
      return readObject(base, def, readSchema);
    case "record":
      return readRecord(base, def, readSchema);
    case "union":
      return readUnion(base, def, readSchema);
    case "pipe":
      return readPipe(base, def);
    default:
      return readWrapper(base, schema) ?? { ...base, kind: "island" };
  }
}

function readWrapper(base: NodeBase, schema: ZodSchema): SchemaNode | undefined {
  const def = schema._zod.def;
  const inner = (): SchemaNode => readSchema(def["innerType"]);
  switch (def.type) {
    case "array":
      return withParts({ ...base, kind: "array" as const }, { element: () => readSchema(def["element"]) });
    case "set":
      return withParts({ ...base, kind: "set" as const }, { element: () => readSchema(def["valueType"]) });
    case "map":
      return withParts(
        { ...base, kind: "map" as const },
        { key: () => readSchema(def["keyType"]), value: () => readSchema(def["valueType"]) },
      );
    case "tuple":
      return withParts(
        { ...base, kind: "tuple" as const },
        {
          items: () => (def["items"] as readonly unknown[]).map(readSchema),
          rest: () => (def["rest"] ? readSchema(def["rest"]) : undefined),
        },
      );
    case "intersection":
      return withParts(
        { ...base, kind: "intersection" as const },
        { left: () => readSchema(def["left"]), right: () => readSchema(def["right"]) },
      );
    case "optional":
    case "nullable":
    case "nonoptional":
    case "readonly":
      return withParts({ ...base, kind: def.type }, { inner });
    case "lazy":
      // The resolved schema is kept by zod, so that a getter which makes a new schema each time still ends.
      return withParts(
        { ...base, kind: "lazy" as const },
        {
          inner: () => readSchema(schema._zod.innerType),
        },
      );
    case "default":
    case "prefault":
      // zod's own getter clones objects and calls factories.
      return withParts({ ...base, kind: def.type, makeValue: () => def["defaultValue"] }, { inner });
    case "catch": {
      const makeValue = def["catchValue"] as (context: CatchContext) => unknown;
      return withParts({ ...base, kind: "catch" as const, makeValue }, { inner });
    }
    default:
      return undefined;
  }
}

function readPipe(base: NodeBase, def: ZodDefinition): SchemaNode {
  const sides = { in: () => readSchema(def["in"]), out: () => readSchema(def["out"]) };
  if (typeof def["reverseTransform"] === "function") {
    const decode = def["transform"] as PayloadFunction;
    const encode = def["reverseTransform"] as PayloadFunction;
    return withParts({ ...base, kind: "codec" as const, decode, encode }, sides);
  }
  const isPreprocess = (def["in"] as ZodSchema)._zod.def.type === "transform";
  return withParts({ ...base, kind: isPreprocess ? ("preprocess" as const) : ("pipe" as const) }, sides);
}

// `z.instanceof` remembers its class; the classes of the wire-type table have a wire form.
function readCustom(base: NodeBase, schema: ZodSchema): SchemaNode {
  const checks = base.checks.slice(1);
  switch (classOf(schema)) {
    case undefined:
      return { ...base, kind: "custom" };
    case globalThis.URL:
      return { ...base, checks, kind: "url" };
    case globalThis.Uint8Array:
      return { ...base, checks, kind: "bytes" };
    case globalThis.File:
      return { ...base, checks, kind: "file", accepts: "File" };
    case globalThis.Blob:
      return { ...base, checks, kind: "file", accepts: "Blob" };
    default:
      return { ...base, kind: "custom" };
  }
}

// A copy made by `.refine` or `.meta` no longer knows its class, but knows what it was copied from.
function classOf(schema: ZodSchema): unknown {
  for (let from: ZodSchema | undefined = schema; from !== undefined; from = from._zod.parent) {
    if (from._zod.bag?.["Class"] !== undefined) {
      return from._zod.bag["Class"];
    }
  }
  return undefined;
}

function formatOf(def: ZodDefinition, checks: readonly Check[]): { format?: string } {
  if (typeof def["format"] === "string") {
    return { format: def["format"] };
  }
  for (const check of checks) {
    if ((check.kind === "pattern" || check.kind === "format") && check.format !== "regex") {
      return { format: check.format };
    }
  }
  return {};
}

function isIntegerFormat(check: Check): boolean {
  return check.kind === "number_format" && check.isInteger;
}
