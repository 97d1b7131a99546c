import { readSchema } from "../schema/read-schema.ts";

/** The fields of an object schema, as the author wrote them. */
export function modelFields(schema: unknown): Iterable<[string, unknown]> {
  const node = readSchema(schema);
  const shape = (schema as { _zod: { def: { shape: Record<string, unknown> } } })._zod.def.shape;
  return node.kind === "object" ? Object.entries(shape) : [];
}
