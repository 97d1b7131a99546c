import { object, strictObject } from "zod/mini";
import { DefinitionError } from "../error/definition-error.ts";
import { isSchema } from "./input-field.ts";

/** The fields of a raw shape. Throws a `DefinitionError` where one is no schema. */
export function readShape(shape: object, where: string): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const [key, value] of Object.entries(shape)) {
    if (!isSchema(value)) {
      throw new DefinitionError(
        "NOT_A_SCHEMA",
        `${where}: '${key}' is no schema: write '${key}: z.string()' or the like`,
      );
    }
    fields.set(key, value);
  }
  return fields;
}

/** An object schema of the given fields. */
export function objectOf(fields: ReadonlyMap<string, unknown>, isStrict = false): unknown {
  const shape = Object.fromEntries(fields) as never;
  return isStrict ? strictObject(shape) : object(shape);
}
