import type { MaybePromise } from "../schema/issue.ts";
import type { ObjectNode, RecordNode, SchemaNode } from "../schema/node.ts";
import { inputPresence, isOptionalOut } from "../schema/optionality.ts";
import { missing, tooDeep, wrongType } from "./complain.ts";
import { runKey } from "./decode-object.ts";
import { encodeAny } from "./encode-any.ts";
import { encodedAs } from "./encode-scalar.ts";
import { all, chain } from "./maybe-promise.ts";
import { isObject, readKey } from "./object-value.ts";
import { adopt, type Encoded, type Run, refused } from "./outcome.ts";

interface Pending {
  readonly key: string;
  readonly writeKey?: string;
  readonly encoded: MaybePromise<Encoded>;
  readonly isForgiven: boolean;
}

/** Encodes an object; whatever it does not list stays at home, however strict it is with its callers. */
export function encodeObject(
  node: ObjectNode,
  value: unknown,
  depth: number,
  run: Run<Encoded>,
): MaybePromise<Encoded> {
  if (!isObject(value)) {
    return encodedAs(refused(value, wrongType(node, "object", value)));
  }
  if (depth >= run.depthLimit) {
    return encodedAs(refused(value, tooDeep(run.depthLimit)));
  }
  const pending: Pending[] = [];
  for (const { key, node: inner } of node.properties) {
    const next = encodeProperty(key, inner, readKey(value, key), depth, run);
    if (next !== undefined) {
      pending.push(next);
    }
  }
  if (node.unknownKeys !== "strip" && node.unknownKeys !== "strict") {
    const listed = new Set(node.properties.map((property) => property.key));
    for (const key of Object.keys(value)) {
      // An own `__proto__` key is of no use to anybody.
      if (!listed.has(key) && key !== "__proto__") {
        pending.push(encodeUnknownKey(node.unknownKeys, key, value[key], depth, run));
      }
    }
  }
  return finish(pending);
}

function encodeProperty(
  key: string,
  node: SchemaNode,
  value: unknown,
  depth: number,
  run: Run<Encoded>,
): Pending | undefined {
  if (value !== undefined) {
    return { key, encoded: run.visit(node, value, depth + 1, run), isForgiven: false };
  }
  const presence = inputPresence(node);
  if (presence === "required") {
    return { key, encoded: encodedAs(refused(undefined, missing(node))), isForgiven: false };
  }
  const isForgiven = isOptionalOut(node);
  if (presence === "optional" && isForgiven) {
    return undefined;
  }
  return { key, encoded: run.visit(node, undefined, depth + 1, run), isForgiven };
}

function encodeUnknownKey(
  catchall: "passthrough" | SchemaNode,
  key: string,
  value: unknown,
  depth: number,
  run: Run<Encoded>,
): Pending {
  const encoded =
    catchall === "passthrough"
      ? encodeAny(value, depth + 1, run.depthLimit)
      : run.visit(catchall, value, depth + 1, run);
  return { key, encoded, isForgiven: false };
}

/** Encodes a record. */
export function encodeRecord(
  node: RecordNode,
  value: unknown,
  depth: number,
  run: Run<Encoded>,
): MaybePromise<Encoded> {
  if (!isObject(value)) {
    return encodedAs(refused(value, wrongType(node, "object", value)));
  }
  if (depth >= run.depthLimit) {
    return encodedAs(refused(value, tooDeep(run.depthLimit)));
  }
  const keys = new Set([...(node.requiredKeys ?? []), ...Object.keys(value)]);
  const pending = [...keys]
    .filter((key) => key !== "__proto__")
    .map((key) => encodeEntry(node, key, readKey(value, key), depth, run));
  return chain(all(pending), (parts) => finish(parts.filter((part) => part !== undefined)));
}

function encodeEntry(
  node: RecordNode,
  key: string,
  value: unknown,
  depth: number,
  run: Run<Encoded>,
): MaybePromise<Pending | undefined> {
  return chain(runKey(node.key, key, "backward"), (keyOutcome) => {
    if (keyOutcome.complaints.length === 0) {
      const encoded = run.visit(node.value, value, depth + 1, run);
      return { key, writeKey: String(keyOutcome.value), encoded, isForgiven: false };
    }
    if (node.isLoose) {
      return { key, encoded: encodeAny(value, depth + 1, run.depthLimit), isForgiven: false };
    }
    if (node.knownKeys !== undefined) {
      return undefined;
    }
    return { key, encoded: refuseKey(keyOutcome.complaints[0]?.issue.message), isForgiven: false };
  });
}

function refuseKey(message = "Invalid key"): Encoded {
  return encodedAs(refused(undefined, { path: [], code: "invalid_key", message }));
}

function finish(pending: readonly Pending[]): MaybePromise<Encoded> {
  return chain(all(pending.map((part) => part.encoded)), (parts) => {
    const value: Record<string, unknown> = {};
    const rich: Record<string, unknown> = {};
    const object: Encoded = { value, rich, complaints: [] };
    for (const [index, { key, writeKey = key, isForgiven }] of pending.entries()) {
      const part = parts[index] as Encoded;
      if (part.complaints.length > 0 && isForgiven) {
        continue;
      }
      adopt(object, part, key);
      if (part.value !== undefined) {
        value[key] = part.value;
      }
      if (part.rich !== undefined && writeKey !== "__proto__") {
        rich[writeKey] = part.rich;
      }
    }
    return object;
  });
}
