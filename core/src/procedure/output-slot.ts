import { DefinitionError } from "../error/definition-error.ts";
import { isSchema } from "./input-field.ts";
import type { OutputDefinition } from "./procedure.ts";
import { objectOf, readShape } from "./shape.ts";

const STATUS = /^[1-5]\d\d$/;

/** Reads `.output(…)`: a schema, a raw shape, or one of them for each status. Only all-three-digit keys mean statuses. */
export function readOutputSlot(slot: unknown, where: string): OutputDefinition {
  if (isSchema(slot)) {
    return { kind: "single", schema: slot };
  }
  if (typeof slot !== "object" || slot === null) {
    throw new DefinitionError(
      "NOT_A_SCHEMA",
      `${where}: .output() takes a schema, a raw shape, or { 200: A, 201: B }`,
    );
  }
  const keys = Object.keys(slot);
  const statuses = keys.filter((key) => STATUS.test(key));
  if (statuses.length === 0) {
    return { kind: "single", schema: objectOf(readShape(slot, where)) };
  }
  if (statuses.length !== keys.length) {
    throw new DefinitionError(
      "MIXED_STATUSES",
      `${where}: .output() mixes statuses with other keys: all keys are statuses, or none`,
    );
  }
  const schemas = new Map<number, unknown>();
  for (const [status, value] of Object.entries(slot)) {
    schemas.set(Number(status), isSchema(value) ? value : objectOf(readShape(value as object, where)));
  }
  return { kind: "statuses", schemas };
}
