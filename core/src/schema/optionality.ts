import type { SchemaNode } from "./node.ts";
import { isStandardSchema, isZodSchema } from "./zod-schema.ts";

/** Tells whether an object may leave a key of this node out when it is decoded. */
export function isOptionalIn(node: SchemaNode): boolean {
  return inputPresence(node) !== "required";
}

/** Tells whether a decoded object may lack a key of this node. */
export function isOptionalOut(node: SchemaNode): boolean {
  return mayBeAbsent(node, new Set());
}

/**
 * How a node treats an absent key, in zod's three steps: it must be there, it may be absent, or something is
 * put in its place.
 */
export type InputPresence = "required" | "optional" | "defaulted";

const presences: WeakMap<SchemaNode, InputPresence> = new WeakMap();

/** How a node treats an absent key when it is decoded. */
export function inputPresence(node: SchemaNode): InputPresence {
  let presence = presences.get(node);
  if (presence === undefined) {
    // A cycle of wrappers decides nothing; it reads this while it is being computed.
    presences.set(node, "required");
    presence = readPresence(node);
    presences.set(node, presence);
  }
  return presence;
}

function readPresence(node: SchemaNode): InputPresence {
  switch (node.kind) {
    case "default":
    case "prefault":
      return "defaulted";
    case "optional":
    case "catch":
      return inputPresence(node.inner) === "defaulted" ? "defaulted" : "optional";
    case "nullable":
    case "readonly":
    case "lazy":
      return inputPresence(node.inner);
    case "codec":
    case "pipe":
    case "preprocess":
      return inputPresence(node.in);
    case "transform":
    // JSON cannot tell an absent key from an undefined value.
    case "undefined":
      return "optional";
    case "literal":
      return node.values.includes(undefined) ? "optional" : "required";
    case "union":
      return mostLenient(node.options);
    case "discriminatedUnion":
      return mostLenient(node.options.map((option) => option.node));
    case "standard":
      return acceptsAbsence(node.schema) ? "optional" : "required";
    case "island":
      return isZodSchema(node.schema) && node.schema._zod.optin !== undefined ? "optional" : "required";
    default:
      return "required";
  }
}

function mostLenient(options: readonly SchemaNode[]): InputPresence {
  const presences = options.map(inputPresence);
  if (presences.includes("defaulted")) {
    return "defaulted";
  }
  return presences.includes("optional") ? "optional" : "required";
}

// A Standard Schema says nothing about absence, so it is asked.
function acceptsAbsence(schema: unknown): boolean {
  if (!isStandardSchema(schema)) {
    return false;
  }
  try {
    const result = schema["~standard"].validate(undefined);
    if (result instanceof Promise) {
      result.catch(() => {});
      return false;
    }
    return result.issues === undefined;
  } catch {
    return false;
  }
}

function mayBeAbsent(node: SchemaNode, seen: Set<SchemaNode>): boolean {
  if (seen.has(node)) {
    return false;
  }
  seen.add(node);
  switch (node.kind) {
    case "optional":
    case "undefined":
      return true;
    case "literal":
      return node.values.includes(undefined);
    case "nullable":
    case "readonly":
    case "lazy":
    case "catch":
      return mayBeAbsent(node.inner, seen);
    case "codec":
    case "pipe":
    case "preprocess":
      return mayBeAbsent(node.out, seen);
    case "union":
      return node.options.some((option) => mayBeAbsent(option, seen));
    case "discriminatedUnion":
      return node.options.some((option) => mayBeAbsent(option.node, seen));
    case "standard":
      return inputPresence(node) === "optional";
    case "island":
      return isZodSchema(node.schema) && node.schema._zod.optout !== undefined;
    default:
      return false;
  }
}
