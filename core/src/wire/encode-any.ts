import type { SchemaIssue } from "../schema/issue.ts";
import { complaintOf, tooDeep } from "./complain.ts";
import { encodedAs } from "./encode-scalar.ts";
import { type Encoded, refused } from "./outcome.ts";
import { WIRE_TYPES } from "./wire-type.ts";

/** Copies a value that no schema describes into what can be written as JSON, or says why it cannot. */
export function encodeAny(value: unknown, depth: number, depthLimit: number): Encoded {
  const copy = copyAny(value, depth, depthLimit);
  if (copy instanceof Unwritable) {
    return encodedAs(refused(value, copy.issue));
  }
  return { value, rich: copy, complaints: [] };
}

/** Stands for a value that has no JSON, and says why. */
export class Unwritable {
  readonly issue: SchemaIssue;
  constructor(issue: SchemaIssue) {
    this.issue = issue;
  }
}

/** Copies a value for the wire, keeping `Date` and its like; an `Unwritable` says why it cannot be. */
export function copyAny(value: unknown, depth: number, depthLimit: number): unknown {
  switch (typeof value) {
    case "string":
    case "boolean":
    case "undefined":
      return value;
    case "number":
      return Number.isFinite(value) ? value : unwritable("Expected a finite number");
    case "bigint":
      return WIRE_TYPES.bigint.encode(value) === undefined ? unwritable("This integer is too long") : value;
    case "object":
      return value === null ? null : copyObject(value, depth, depthLimit);
    default:
      return unwritable("This value has no JSON");
  }
}

function copyObject(value: object, depth: number, depthLimit: number): unknown {
  if (value instanceof Date) {
    return WIRE_TYPES.date.encode(value) === undefined ? unwritable("Expected a valid date") : value;
  }
  if (isLeaf(value)) {
    return value;
  }
  if (depth >= depthLimit) {
    return new Unwritable(tooDeep(depthLimit));
  }
  if (Array.isArray(value)) {
    return copyList(value, depth, depthLimit);
  }
  if (value instanceof Set) {
    const items = copyList([...value], depth, depthLimit);
    return items instanceof Unwritable ? items : new Set(items);
  }
  if (value instanceof Map) {
    const entries = copyList([...value], depth, depthLimit);
    return entries instanceof Unwritable ? entries : new Map(entries as [unknown, unknown][]);
  }
  if ("toJSON" in value && typeof value.toJSON === "function") {
    return copyAny(value.toJSON(), depth + 1, depthLimit);
  }
  return copyKeys(value as Readonly<Record<string, unknown>>, depth, depthLimit);
}

function copyList(values: readonly unknown[], depth: number, depthLimit: number): unknown[] | Unwritable {
  const list: unknown[] = [];
  for (let index = 0; index < values.length; index++) {
    const item = copyAny(values[index], depth + 1, depthLimit);
    if (item instanceof Unwritable || item === undefined) {
      return within(index, item ?? unwritable("A list cannot hold an absent value"));
    }
    list.push(item);
  }
  return list;
}

function copyKeys(
  value: Readonly<Record<string, unknown>>,
  depth: number,
  depthLimit: number,
): Record<string, unknown> | Unwritable {
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    if (key === "__proto__") {
      return within(key, unwritable("This key is not allowed"));
    }
    const item = copyAny(value[key], depth + 1, depthLimit);
    if (item instanceof Unwritable) {
      return within(key, item);
    }
    if (item !== undefined) {
      copy[key] = item;
    }
  }
  return copy;
}

function within(key: string | number, found: Unwritable): Unwritable {
  found.issue.path.unshift(key);
  return found;
}

function unwritable(message: string): Unwritable {
  return new Unwritable(complaintOf(message));
}

function isLeaf(value: object): boolean {
  const isBlob = typeof Blob === "function" && value instanceof Blob;
  return value instanceof URL || value instanceof Uint8Array || isBlob;
}
