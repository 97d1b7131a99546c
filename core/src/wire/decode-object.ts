import type { MaybePromise } from "../schema/issue.ts";
import type { ObjectNode, RecordNode, SchemaNode } from "../schema/node.ts";
import { inputPresence, isOptionalOut } from "../schema/optionality.ts";
import { isZodSchema } from "../schema/zod-schema.ts";
import { forbiddenKey, missing, tooDeep, unknownKey, wrongType } from "./complain.ts";
import { all, chain } from "./maybe-promise.ts";
import { isObject, readKey } from "./object-value.ts";
import { accepted, adopt, type Outcome, type Run, refused } from "./outcome.ts";
import { findUnsafe } from "./plain.ts";
import { runZod } from "./run-zod.ts";

interface Pending {
  readonly key: string;
  /** The key to write, where a record's key schema changed it. */
  readonly writeKey?: string;
  readonly outcome: MaybePromise<Outcome>;
  /** Complaints about a key that may be absent, and is, do not count. */
  readonly isForgiven: boolean;
}

/** Decodes an object: its properties in order, then the keys that it does not list. */
export function decodeObject(
  node: ObjectNode,
  input: unknown,
  depth: number,
  run: Run,
): MaybePromise<Outcome> {
  if (!isObject(input)) {
    return refused(input, wrongType(node, "object", input));
  }
  if (depth >= run.depthLimit) {
    return refused(input, tooDeep(run.depthLimit));
  }
  const object = accepted({});
  const pending: Pending[] = [];
  let found = 0;
  for (const property of node.properties) {
    if (found > run.issueLimit) {
      break;
    }
    const next = decodeProperty(property.key, property.node, readKey(input, property.key), depth, run);
    if (next !== undefined) {
      pending.push(next);
      found += countOf(next.outcome);
    }
  }
  decodeUnknownKeys(node, input, depth, run, pending, object);
  return finish(object, pending);
}

function decodeProperty(
  key: string,
  node: SchemaNode,
  value: unknown,
  depth: number,
  run: Run,
): Pending | undefined {
  if (value !== undefined) {
    return { key, outcome: run.visit(node, value, depth + 1, run), isForgiven: false };
  }
  const presence = inputPresence(node);
  if (presence === "required") {
    return { key, outcome: refused(undefined, missing(node)), isForgiven: false };
  }
  const isForgiven = isOptionalOut(node);
  // Nothing is put in its place, so whatever the schema would make of nothing is not wanted.
  if (presence === "optional" && isForgiven) {
    return undefined;
  }
  return { key, outcome: run.visit(node, undefined, depth + 1, run), isForgiven };
}

function decodeUnknownKeys(
  node: ObjectNode,
  input: Readonly<Record<string, unknown>>,
  depth: number,
  run: Run,
  pending: Pending[],
  object: Outcome,
): void {
  if (node.unknownKeys === "strip") {
    return;
  }
  const listed = new Set(node.properties.map((property) => property.key));
  let found = 0;
  for (const key of Object.keys(input)) {
    if (found > run.issueLimit) {
      return;
    }
    if (listed.has(key)) {
      continue;
    }
    if (node.unknownKeys === "strict") {
      object.complaints.push({ issue: unknownKey(node, key, input), isSoft: true });
      found++;
    } else if (key === "__proto__") {
      object.complaints.push({ issue: forbiddenKey(key), isSoft: false });
      found++;
    } else {
      const outcome =
        node.unknownKeys === "passthrough"
          ? decodeAny(input[key], depth + 1, run)
          : run.visit(node.unknownKeys, input[key], depth + 1, run);
      pending.push({ key, outcome, isForgiven: false });
      found += countOf(outcome);
    }
  }
}

/** Lets JSON that no schema describes through, within the limits. */
export function decodeAny(input: unknown, depth: number, run: { readonly depthLimit: number }): Outcome {
  const issue = findUnsafe(input, depth, run.depthLimit);
  return issue === undefined ? accepted(input) : refused(input, issue);
}

/** Decodes a record. Keys are texts on both sides, so zod judges them as they are. */
export function decodeRecord(
  node: RecordNode,
  input: unknown,
  depth: number,
  run: Run,
): MaybePromise<Outcome> {
  if (!isObject(input)) {
    return refused(input, wrongType(node, "object", input));
  }
  if (depth >= run.depthLimit) {
    return refused(input, tooDeep(run.depthLimit));
  }
  const object = accepted({});
  const pending: MaybePromise<Pending | undefined>[] = [];
  let found = 0;
  for (const key of keysOf(node, input)) {
    if (found + object.complaints.length > run.issueLimit) {
      break;
    }
    if (key === "__proto__") {
      object.complaints.push({ issue: forbiddenKey(key), isSoft: false });
      continue;
    }
    const next = decodeEntry(node, key, readKey(input, key), depth, run, object);
    pending.push(next);
    found += next instanceof Promise ? 0 : countOf(next?.outcome);
  }
  return chain(all(pending), (entries) =>
    finish(
      object,
      entries.filter((entry) => entry !== undefined),
    ),
  );
}

function keysOf(node: RecordNode, input: Readonly<Record<string, unknown>>): Set<string> {
  return new Set([...(node.requiredKeys ?? []), ...Object.keys(input)]);
}

function decodeEntry(
  node: RecordNode,
  key: string,
  value: unknown,
  depth: number,
  run: Run,
  object: Outcome,
): MaybePromise<Pending | undefined> {
  return chain(runKey(node.key, key, "forward"), (keyOutcome) => {
    if (keyOutcome.complaints.length === 0) {
      const outcome = run.visit(node.value, value, depth + 1, run);
      return { key, writeKey: String(keyOutcome.value), outcome, isForgiven: false };
    }
    if (node.isLoose) {
      return { key, outcome: decodeAny(value, depth + 1, run), isForgiven: false };
    }
    if (node.knownKeys !== undefined) {
      object.complaints.push({ issue: unknownKey(node, key, value), isSoft: true });
    } else {
      const message = keyOutcome.complaints[0]?.issue.message ?? "Invalid key";
      object.complaints.push({ issue: { path: [key], code: "invalid_key", message }, isSoft: false });
    }
    return undefined;
  });
}

const NUMERIC = /^-?\d+(?:\.\d+)?$/;

/** Judges a record's key; a key schema of numbers is given the number that the key spells. */
export function runKey(
  node: SchemaNode,
  key: string,
  direction: "forward" | "backward",
): MaybePromise<Outcome> {
  if ((node.kind === "string" && node.checks.length === 0) || !isZodSchema(node.schema)) {
    return accepted(key);
  }
  const { schema } = node;
  return chain(runZod(schema, key, direction), (outcome) => {
    if (outcome.complaints.length === 0 || !NUMERIC.test(key)) {
      return outcome;
    }
    return chain(runZod(schema, Number(key), direction), (retried) =>
      retried.complaints.length === 0 ? retried : outcome,
    );
  });
}

function countOf(outcome: MaybePromise<Outcome> | undefined): number {
  return outcome === undefined || outcome instanceof Promise ? 0 : outcome.complaints.length;
}

function finish(object: Outcome, pending: readonly Pending[]): MaybePromise<Outcome> {
  return chain(all(pending.map((part) => part.outcome)), (outcomes) => {
    const value = object.value as Record<string, unknown>;
    const unlisted = object.complaints;
    object.complaints = [];
    for (const [index, part] of pending.entries()) {
      const outcome = outcomes[index] as Outcome;
      if (outcome.complaints.length > 0 && part.isForgiven) {
        continue;
      }
      adopt(object, outcome, part.key);
      const writeKey = part.writeKey ?? part.key;
      if (outcome.value !== undefined && writeKey !== "__proto__") {
        value[writeKey] = outcome.value;
      }
    }
    object.complaints.push(...unlisted);
    return object;
  });
}
