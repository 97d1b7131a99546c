import type { SchemaIssue } from "../schema/issue.ts";
import type { LiteralValue } from "../schema/node.ts";
import { listValues } from "./complain.ts";
import { messageOf, type RawIssue } from "./message.ts";

/** Translates one issue of zod's into Tenon's codes; one issue about several keys becomes several. */
export function fromZodIssue(raw: RawIssue, owner: unknown): SchemaIssue[] {
  const path = (raw.path ?? []).map((key) => (typeof key === "number" ? key : String(key)));
  const message = messageOf(raw, owner);
  const base = { path, message };
  switch (raw.code) {
    case "invalid_type":
      return [fromInvalidType(raw, base)];
    case "too_small":
      return [{ ...base, code: "too_small", minimum: bound(raw["minimum"], raw), ...countOf(raw) }];
    case "too_big":
      return [{ ...base, code: "too_big", maximum: bound(raw["maximum"], raw), ...countOf(raw) }];
    case "not_multiple_of":
      return [{ ...base, code: "not_multiple_of", multipleOf: bound(raw["divisor"], raw) }];
    case "invalid_format":
      return [fromInvalidFormat(raw, base)];
    case "invalid_value":
      return [{ ...base, code: "value", values: listValues((raw["values"] ?? []) as LiteralValue[]) }];
    case "unrecognized_keys":
      return (raw["keys"] as string[]).map((key) => ({ path: [...path, key], code: "unknown_key", message }));
    case "invalid_key":
      return [{ ...base, code: "invalid_key" }];
    case "invalid_element":
      return fromNested(raw["issues"], path, owner);
    case "invalid_union":
      return fromInvalidUnion(raw, base, owner);
    default:
      return [{ ...base, code: "custom" }];
  }
}

type Base = Pick<SchemaIssue, "path" | "message">;

function fromInvalidType(raw: RawIssue, base: Base): SchemaIssue {
  const expected = raw["expected"] === "int" ? "integer" : String(raw["expected"]);
  // A finished issue has lost its input, but says so in its message.
  if (expected === "nonoptional" || ("input" in raw && raw.input === undefined)) {
    return { ...base, code: "missing" };
  }
  const received = raw["received"];
  if (received === "NaN" || received === "Infinity" || received === "-Infinity") {
    return { ...base, code: "not_finite", expected };
  }
  return { ...base, code: "type", expected };
}

function fromInvalidFormat(raw: RawIssue, base: Base): SchemaIssue {
  const pattern = typeof raw["pattern"] === "string" ? { pattern: raw["pattern"] } : {};
  if (raw["format"] === "regex") {
    return { ...base, code: "pattern", ...pattern };
  }
  // The patterns of named formats are long and say less than the name.
  return { ...base, code: "format", format: String(raw["format"]) };
}

function fromInvalidUnion(raw: RawIssue, base: Base, owner: unknown): SchemaIssue[] {
  if (typeof raw["discriminator"] === "string") {
    const options = listValues((raw["options"] ?? []) as LiteralValue[]);
    return [{ ...base, code: "discriminator", discriminator: raw["discriminator"], options }];
  }
  const branches = (raw["errors"] ?? []) as readonly unknown[];
  const issues = branches.flatMap((branch, index) =>
    fromNested(branch, base.path, owner).map((issue) => ({
      ...issue,
      branch: branchPath(String(index), issue),
    })),
  );
  return issues.length > 0 ? issues : [{ ...base, code: "union" }];
}

function fromNested(issues: unknown, path: readonly (string | number)[], owner: unknown): SchemaIssue[] {
  return ((issues ?? []) as readonly RawIssue[])
    .flatMap((issue) => fromZodIssue(issue, owner))
    .map((issue) => ({ ...issue, path: [...path, ...issue.path] }));
}

/** Names the option of a union that made an issue, within the options around it. */
export function branchPath(branch: string, issue: SchemaIssue): string {
  return issue.branch === undefined ? branch : `${branch}/${issue.branch}`;
}

function bound(limit: unknown, raw: RawIssue): number | string {
  // zod gives a date's bound in milliseconds.
  if (raw["origin"] === "date") {
    return new Date(Number(limit)).toISOString();
  }
  return typeof limit === "number" ? limit : String(limit);
}

/** What the bound counts, or whether the bound itself is excluded. */
function countOf(raw: RawIssue): { unit: NonNullable<SchemaIssue["unit"]> } | { exclusive?: true } {
  switch (raw["origin"]) {
    case "string":
      return { unit: "characters" };
    case "array":
    case "set":
    case "map":
      return { unit: "items" };
    case "file":
      return { unit: "bytes" };
    default:
      return raw["inclusive"] === false ? { exclusive: true } : {};
  }
}
