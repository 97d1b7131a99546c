import { DefinitionError } from "../error/definition-error.ts";
import { isSchema } from "./input-field.ts";
import { readJson } from "./json-output.ts";
import { readMedia } from "./media.ts";
import type { OutputDefinition } from "./procedure.ts";
import { objectOf, readShape } from "./shape.ts";

const STATUS = /^\d\d\d$/;

/** Reads `.output(…)`: a schema, a medium, a raw shape, or one of them for each status. Only all-three-digit keys mean statuses. */
export function readOutputSlot(slot: unknown, where: string): OutputDefinition {
  if (isSlot(slot)) {
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
    schemas.set(checkStatus(Number(status), where), readEntry(Number(status), value, where));
  }
  return { kind: "statuses", schemas };
}

/** A final status that a success can have (RFC 9110, 15): one of 1xx is followed by another. */
export function checkStatus(status: number, where: string): number {
  if (!(Number.isInteger(status) && status >= 200 && status <= 599)) {
    throw new DefinitionError(
      "BAD_STATUS",
      `${where}: ${status} is no status of a reply: write one from 200 to 599`,
    );
  }
  return status;
}

function readEntry(status: number, value: unknown, where: string): unknown {
  const media = readMedia(value);
  if (media?.kind === "redirect" && media.status !== status) {
    throw new DefinitionError(
      "BAD_STATUS",
      `${where}: ${status} is said of redirect(${media.status}): write ${media.status}: redirect(${media.status})`,
    );
  }
  return isSlot(value) ? value : objectOf(readShape(value as object, where));
}

function isSlot(value: unknown): boolean {
  return isSchema(value) || readMedia(value) !== undefined || readJson(value) !== undefined;
}
