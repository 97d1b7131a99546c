import type { SchemaObject } from "openapi3-ts/oas31";
import { readPattern } from "./scalar.ts";
import type { Direction } from "./writer.ts";
import type { ForeignNode, TransformNode } from "../schema/node.ts";
import { isZodSchema } from "../schema/zod-schema.ts";

/** A schema that Tenon does not read: what its library says itself (Standard JSON Schema), or anything. */
export function writeForeign(node: ForeignNode | TransformNode, direction: Direction): SchemaObject {
  switch (node.kind) {
    case "standard":
      return readStandardJsonSchema(node.schema, direction) ?? {};
    case "island":
      return writeTemplate(node.schema) ?? {};
    default:
      return {};
  }
}

interface StandardJsonSchema {
  readonly "~standard": {
    readonly jsonSchema?: Readonly<
      Record<Direction, (options: { target: "draft-2020-12" }) => Record<string, unknown>>
    >;
  };
}

function readStandardJsonSchema(schema: unknown, direction: Direction): SchemaObject | undefined {
  const { jsonSchema } = (schema as StandardJsonSchema)["~standard"];
  if (jsonSchema === undefined) {
    return undefined;
  }
  // The document says the dialect once.
  const { $schema: _dialect, ...rest } = jsonSchema[direction]({ target: "draft-2020-12" });
  return rest;
}

/** `z.templateLiteral` is a text with a pattern of zod's making, the only thing that describes it. */
function writeTemplate(schema: unknown): SchemaObject | undefined {
  if (!isZodSchema(schema) || schema._zod.def.type !== "template_literal") {
    return undefined;
  }
  const { pattern } = schema._zod as { pattern?: RegExp };
  const text = readPattern(pattern);
  return { type: "string", ...(text === undefined ? {} : { pattern: text }) };
}
