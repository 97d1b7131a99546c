import {
  type Check,
  holdsRichType,
  inputPresence,
  isAmbiguous,
  type RecordNode,
  type SchemaNode,
  type SchemaKind,
} from "@tenon/core/wire";
import type { Mode } from "./mode.ts";
import { refusesKeys, serverDiffers } from "./plan.ts";

/**
 * How a node is compiled: as it is; by asking the interpreter; or, for plain JSON, in its rich form first and
 * lowered afterwards, because its checks or its class need the rich one.
 */
export type Strategy = "compile" | "interpret" | "lower";

/** Chooses for one node; both back ends follow it, so that they agree on what is left to the interpreter. */
export function choose(node: SchemaNode, mode: Mode): Strategy {
  // The interpreter remembers what it saw, so that a hostile value cannot double its work at every level.
  if (!isCompilable(node) || isAmbiguous(node)) {
    return "interpret";
  }
  if (mode === "decode") {
    return "compile";
  }
  const hasOwnChecks = !SCALARS.has(node.kind) && node.checks.some((check) => !isLengthCheck(check));
  if (hasOwnChecks && (serverDiffers(node) || node.checks.some((check) => check.kind === "overwrite"))) {
    return "interpret";
  }
  if (mode === "rich") {
    return "compile";
  }
  return needsRich(node, hasOwnChecks) ? "lower" : "compile";
}

function needsRich(node: SchemaNode, hasOwnChecks: boolean): boolean {
  switch (node.kind) {
    case "set":
    case "map":
      return true;
    case "intersection":
      // Its sides must agree on values, not only on the text that both are written as.
      return holdsRichType(node) || serverDiffers(node);
    default:
      return hasOwnChecks && holdsRichType(node);
  }
}

// Before a rest, an absent item is no matter of length: it is judged as `undefined`, which other kinds may accept.
const REFUSES_ABSENCE: ReadonlySet<SchemaKind> = new Set([
  "string",
  "number",
  "boolean",
  "bigint",
  "date",
  "null",
  "url",
  "bytes",
  "enum",
  "object",
  "array",
  "record",
  "map",
  "set",
]);

function refusesAbsence(node: SchemaNode): boolean {
  return REFUSES_ABSENCE.has(node.kind) && !("coerces" in node && node.coerces);
}

function isCompilable(node: SchemaNode): boolean {
  switch (node.kind) {
    case "island":
    case "standard":
      return false;
    case "tuple":
      return node.items.every(
        (item) => inputPresence(item) === "required" && (node.rest === undefined || refusesAbsence(item)),
      );
    case "record":
      return hasSimpleKeys(node);
    case "union":
      return !node.isExclusive;
    case "intersection":
      return !refusesKeys(node);
    default:
      return true;
  }
}

function hasSimpleKeys(node: RecordNode): boolean {
  return node.key.kind === "string" && !node.key.coerces && node.knownKeys === undefined && !node.isLoose;
}

// What a list is on the server side, it is on the wire: its length is the same.
function isLengthCheck(check: Check): boolean {
  return check.kind === "min_length" || check.kind === "max_length" || check.kind === "length";
}

// Their checks run before they are written as text.
const SCALARS: ReadonlySet<SchemaNode["kind"]> = new Set<SchemaNode["kind"]>([
  "string",
  "number",
  "boolean",
  "bigint",
  "date",
  "url",
  "bytes",
  "null",
  "undefined",
  "never",
  "literal",
  "enum",
  "file",
  "unknown",
  "custom",
]);

/** Tells whether a node is a scalar, which runs its own checks. */
export function isScalar(node: SchemaNode): boolean {
  return SCALARS.has(node.kind);
}
