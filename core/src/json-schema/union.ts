import type { SchemaObject, SchemaObjectType } from "openapi3-ts/oas31";
import { literalOnWire } from "../wire/decode-scalar.ts";
import type { SchemaWriter } from "./writer.ts";
import type { DiscriminatedUnionNode, UnionNode } from "../schema/node.ts";

/** A union: `anyOf`, or `oneOf` where exactly one option must fit. */
export function writeUnion(node: UnionNode, writer: SchemaWriter): SchemaObject {
  const hasNull = node.options.some((option) => option.kind === "null");
  const options = node.options
    .filter((option) => option.kind !== "null" && option.kind !== "undefined")
    .map((option) => writer.write(option));
  const [only] = options;
  if (only === undefined) {
    return hasNull ? { type: "null" } : { not: {} };
  }
  const schema: SchemaObject =
    options.length === 1 ? only : node.isExclusive ? { oneOf: options } : { anyOf: options };
  return hasNull ? makeNullable(schema) : schema;
}

/** A union told apart by one key. Options with a name are mapped, as OpenAPI wants it. */
export function writeDiscriminatedUnion(node: DiscriminatedUnionNode, writer: SchemaWriter): SchemaObject {
  const mapping: Record<string, string> = {};
  const options = node.options.map((option) => {
    const schema = writer.write(option.node);
    for (const tag of option.tags) {
      if (schema.$ref !== undefined && tag !== undefined) {
        mapping[String(literalOnWire(tag))] = schema.$ref;
      }
    }
    return schema;
  });
  const discriminator = {
    propertyName: node.discriminator,
    ...(Object.keys(mapping).length === 0 ? {} : { mapping }),
  };
  return { [node.fallsBack ? "anyOf" : "oneOf"]: options, discriminator };
}

/** The same schema, or null. */
export function makeNullable(schema: SchemaObject): SchemaObject {
  if (Object.keys(schema).length === 0) {
    return schema;
  }
  const isPlain =
    schema.$ref === undefined &&
    schema.anyOf === undefined &&
    schema.oneOf === undefined &&
    schema.allOf === undefined;
  if (schema.type !== undefined && isPlain) {
    const types: SchemaObjectType[] = [
      ...new Set([...(Array.isArray(schema.type) ? schema.type : [schema.type]), "null" as const]),
    ];
    const { const: only, enum: values, ...rest } = schema;
    const listed = only === undefined ? values : [only];
    return {
      ...rest,
      type: types.length === 1 ? (types[0] as SchemaObjectType) : types,
      ...(listed === undefined ? {} : { enum: [...new Set([...listed, null])] }),
    };
  }
  if (schema.anyOf !== undefined && Object.keys(schema).length === 1) {
    return { anyOf: [...schema.anyOf, { type: "null" }] };
  }
  return { anyOf: [schema, { type: "null" }] };
}
