import type { DependencyDefinition } from "../dependency/dependency.ts";
import { DefinitionError } from "../error/definition-error.ts";
import { isSchema } from "../procedure/input-field.ts";
import { objectOf, readShape } from "../procedure/shape.ts";
import { findLossyUnion } from "../schema/lossy-union.ts";
import { readSchema } from "../schema/read-schema.ts";
import { holdsFile, isOneWay } from "../schema/trait.ts";
import type { JobDefinition, RetryPolicy } from "./job.ts";

/** What every engine takes as the name of a queue. */
export function checkName(name: string): void {
  if (!/^[a-z][\w.-]{0,99}$/i.test(name)) {
    throw new DefinitionError(
      "BAD_OPTION",
      `'${name}' is no name of a job: write job("send-receipt"), a letter, then at most 99 letters, digits, '-', '_' and '.'`,
    );
  }
}

/** A whole number within bounds. */
export function checkCount(
  value: number,
  what: string,
  least: number,
  most: number = Number.MAX_SAFE_INTEGER,
): number {
  if (!Number.isSafeInteger(value) || value < least || value > most) {
    throw new DefinitionError(
      "BAD_OPTION",
      `${what} is a whole number from ${least} to ${most}, not ${value}`,
    );
  }
  return value;
}

/** A policy with its defaults. */
export function checkRetry(policy: RetryPolicy, name: string): JobDefinition["retry"] {
  const { limit = 3, delay = 1000, backoff = "exponential", maxDelay = 3_600_000, when = always } = policy;
  const where = `the job '${name}': retry`;
  checkCount(limit, `${where}.limit`, 0, 1000);
  checkCount(delay, `${where}.delay`, 0);
  checkCount(maxDelay, `${where}.maxDelay`, 0);
  return Object.freeze({ limit, delay, backoff, maxDelay, when });
}

function always(): boolean {
  return true;
}

/** The schema of a job's input. What is stored has to come back as it was, so one-way schemas and files are refused. */
export function readInput(slot: unknown, where: string): unknown {
  const schema = isSchema(slot) ? slot : objectOf(readShape(slot as object, where));
  const node = readSchema(schema);
  if (isOneWay(node)) {
    throw new DefinitionError(
      "BAD_JOB_INPUT",
      `${where} has an input with a one-way .transform or .preprocess, which cannot be stored: use z.codec, or transform in the handler`,
    );
  }
  if (holdsFile(node)) {
    throw new DefinitionError(
      "BAD_JOB_INPUT",
      `${where} has a file in its input, and JSON holds no files: save it first, and pass where it is`,
    );
  }
  if (findLossyUnion(node) !== undefined) {
    throw new DefinitionError(
      "BAD_JOB_INPUT",
      `${where} has a z.union in its input whose options fit the same value and keep different keys of what is in it: write z.discriminatedUnion, or give each option a key with a literal of its own`,
    );
  }
  return schema;
}

/** Refuses what only a request can give, at whatever depth it is used. */
export function checkAlone(dependency: DependencyDefinition, where: string): void {
  const [key] = dependency.input.keys();
  if (key !== undefined || dependency.security !== undefined) {
    throw new DefinitionError(
      "JOB_NEEDS_REQUEST",
      `${where} uses '${dependency.name ?? "a dependency"}', which reads ${key === undefined ? "a credential" : `'${key}'`} from a request, and a job has none: pass what it needs as the job's input`,
    );
  }
  for (const step of dependency.uses) {
    const used = step.kind === "use" ? step.entries.map(([, each]) => each) : step.dependencies;
    for (const each of used) {
      checkAlone(each, where);
    }
  }
}
