import {
  type Check,
  coerce,
  copyAny,
  findUnsafe,
  INVALID,
  isFile,
  literalOnWire,
  type SchemaNode,
  toWire,
  Unwritable,
  WIRE_TYPES,
} from "@tenon/core/wire";
import { always, closeChecks, closeTests } from "./close-checks.ts";
import type { Closer, Step } from "./closer.ts";
import type { Mode } from "./mode.ts";

/** The step of a scalar kind; `undefined` for kinds that are none. */
export function closeScalar(closer: Closer, node: SchemaNode, mode: Mode): Step | undefined {
  const checks = closeChecks(node.checks, closer.state) ?? keep;
  switch (node.kind) {
    case "string":
    case "number":
    case "boolean":
      return (
        closeTested(node.kind, node.coerces, node.checks) ?? closeTyped(node.kind, node.coerces, mode, checks)
      );
    case "bigint":
    case "date":
    case "url":
    case "bytes":
      return closeWireScalar(node, node.kind, mode, checks);
    case "null":
      return (value) => (value === null ? checks(value) : INVALID);
    case "undefined":
      return (value) => (value === undefined ? checks(value) : INVALID);
    case "never":
      return () => INVALID;
    case "literal":
    case "enum":
      return closeValues(node, mode, checks);
    case "file":
      return (value) => (isFile(value, node.accepts) ? checks(value) : INVALID);
    case "unknown":
    case "custom":
      return closeAny(closer, mode, checks);
    default:
      return undefined;
  }
}

/** Copies what no schema describes for the wire. */
export function copyStep(closer: Closer, mode: Mode): Step {
  return (value, depth) => {
    const copy = copyAny(value, depth, closer.depthLimit);
    if (copy instanceof Unwritable) {
      return INVALID;
    }
    return mode === "plain" ? toWire(copy) : copy;
  };
}

/** Lets raw JSON through that is within the limits. */
export function isSafe(closer: Closer, value: unknown, depth: number): boolean {
  return (
    (typeof value !== "object" && typeof value !== "number") ||
    value === null ||
    findUnsafe(value, depth, closer.depthLimit) === undefined
  );
}

type Checks = (value: unknown) => unknown;

function keep(value: unknown): unknown {
  return value;
}

/** The step of a scalar that is only looked at: most of them, and the quickest. */
function closeTested(
  kind: "string" | "number" | "boolean",
  coerces: boolean,
  checks: readonly Check[],
): Step | undefined {
  const [first, ...others] = checks;
  const isInteger = kind === "number" && first?.kind === "number_format" && first.format === "safeint";
  const test = closeTests(isInteger ? others : checks);
  if (coerces || test === undefined) {
    return undefined;
  }
  if (isInteger) {
    return (value) => (Number.isSafeInteger(value) && test(value) ? value : INVALID);
  }
  switch (kind) {
    case "string":
      return test === always
        ? (value) => (typeof value === "string" ? value : INVALID)
        : (value) => (typeof value === "string" && test(value) ? value : INVALID);
    case "number":
      return (value) => (Number.isFinite(value) && test(value) ? value : INVALID);
    case "boolean":
      return (value) => ((value === true || value === false) && test(value) ? value : INVALID);
  }
}

function closeTyped(
  kind: "string" | "number" | "boolean",
  coerces: boolean,
  mode: Mode,
  checks: Checks,
): Step {
  const isTyped: (value: unknown) => boolean =
    kind === "number" ? Number.isFinite : (value) => typeof value === kind;
  if (coerces) {
    return (value) => {
      const coerced = coerce(kind, value);
      return isTyped(coerced) ? recheck(checks(coerced)) : INVALID;
    };
  }
  // What a check put in the value's place goes on the wire only if it is of the type.
  function recheck(value: unknown): unknown {
    return mode === "decode" || value === INVALID || isTyped(value) ? value : INVALID;
  }
  return (value) => (isTyped(value) ? recheck(checks(value)) : INVALID);
}

function closeWireScalar(
  node: SchemaNode,
  kind: "bigint" | "date" | "url" | "bytes",
  mode: Mode,
  checks: Checks,
): Step {
  const type = WIRE_TYPES[kind];
  const coerces = "coerces" in node && node.coerces;
  if (mode === "decode" && !coerces) {
    return (text) => {
      const value = typeof text === "string" ? type.decode(text) : undefined;
      return value === undefined ? INVALID : checks(value);
    };
  }
  return (input) => {
    const value = coerces ? coerce(kind as "bigint" | "date", input) : input;
    if (!type.isInstance(value) || (value instanceof Date && Number.isNaN(value.getTime()))) {
      return INVALID;
    }
    const checked = checks(value);
    if (checked === INVALID || mode === "decode") {
      return checked;
    }
    const text = type.encode(checked as Date & bigint & URL & Uint8Array);
    if (text === undefined) {
      return INVALID;
    }
    return mode === "plain" ? text : checked;
  };
}

function closeValues(
  node: SchemaNode & { readonly kind: "literal" | "enum" },
  mode: Mode,
  checks: Checks,
): Step {
  if (checks === keep && node.values.every((value) => typeof value === "string")) {
    const values: ReadonlySet<unknown> = new Set(node.values);
    return (value) => (values.has(value) ? value : INVALID);
  }
  // The first of two values with the same text is the one that is meant.
  const pairs = node.values.map((value): [unknown, unknown] => [value, literalOnWire(value)]).reverse();
  if (mode === "decode") {
    const byWire = new Map(pairs.map(([value, wire]) => [wire, value]));
    return (wire) => (byWire.has(wire) ? checks(byWire.get(wire)) : INVALID);
  }
  const byValue = new Map(pairs);
  return (value) => {
    const checked = byValue.has(value) ? checks(value) : INVALID;
    return checked === INVALID || mode === "rich" ? checked : byValue.get(checked);
  };
}

function closeAny(closer: Closer, mode: Mode, checks: Checks): Step {
  if (mode === "decode") {
    return (value, depth) => (isSafe(closer, value, depth) ? checks(value) : INVALID);
  }
  const copy = copyStep(closer, mode);
  return (value, depth) => {
    const checked = checks(value);
    return checked === INVALID ? INVALID : copy(checked, depth);
  };
}
