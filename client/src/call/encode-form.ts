import type { FileSource, Upload } from "@tenon/core";
import { toText, toWire } from "@tenon/core/wire";
import { streamForm } from "./stream-form.ts";

/** One part of a form: a text, or a file. */
type FormEntry = readonly [name: string, value: string | FileSource];

/**
 * The parts of an object that holds files, the files last and streams after them; undefined where it holds none. Lists of
 * files and of plain values repeat their name, objects with files name their parts `key[field]`, the rest is JSON.
 */
export function formEntries(input: unknown): readonly FormEntry[] | undefined {
  if (!isPlainObject(input) || !holdsFile(input)) {
    return undefined;
  }
  const entries: FormEntry[] = [];
  for (const name of Object.keys(input)) {
    addEntries(name, input[name], entries);
  }
  return entries.sort(([, one], [, other]) => rank(one) - rank(other));
}

/** A form of the parts; written as a stream where a part is one. */
export function encodeForm(entries: readonly FormEntry[]): {
  body: FormData | ReadableStream<Uint8Array>;
  type?: string;
  release?: () => void;
} {
  if (entries.some(([, value]) => rank(value) === 2)) {
    return streamForm(entries);
  }
  const form = new FormData();
  for (const [name, value] of entries) {
    form.append(name, value as string);
  }
  return { body: form };
}

function addEntries(name: string, value: unknown, into: FormEntry[]): void {
  if (isFile(value)) {
    into.push([name, value]);
  } else if (Array.isArray(value) && value.some(isFile)) {
    value.forEach((item) => addEntries(name, item, into));
  } else if (isPlainObject(value) && holdsFile(value)) {
    Object.keys(value).forEach((key) => addEntries(`${name}[${key}]`, value[key], into));
  } else {
    const wire = toWire(value);
    const isList = Array.isArray(wire) && wire.every((item) => typeof item !== "object");
    for (const item of isList ? wire : [wire]) {
      if (item !== undefined) {
        into.push([name, toText(item)]);
      }
    }
  }
}

/** Files are sent after what a server wants to know first, and what is read as it arrives comes last. */
function rank(value: string | FileSource): 0 | 1 | 2 {
  return typeof value === "string" ? 0 : value instanceof Blob ? 1 : 2;
}

function holdsFile(values: Readonly<Record<string, unknown>>, depth = 0): boolean {
  for (const key in values) {
    const value = values[key];
    if (
      typeof value === "object" &&
      (isFile(value) ||
        (Array.isArray(value) && value.some(isFile)) ||
        (depth < 1 && isPlainObject(value) && holdsFile(value, depth + 1)))
    ) {
      return true;
    }
  }
  return false;
}

function isFile(value: unknown): value is FileSource {
  return (
    typeof value === "object" &&
    value !== null &&
    (value instanceof Blob || isUpload(value) || Symbol.asyncIterator in value || isStream(value))
  );
}

function isUpload(value: object): value is Upload {
  return "~upload" in value;
}

// Safari's streams cannot be iterated.
function isStream(value: object): value is ReadableStream<Uint8Array> {
  return typeof ReadableStream === "function" && value instanceof ReadableStream;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) {
    return false;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
